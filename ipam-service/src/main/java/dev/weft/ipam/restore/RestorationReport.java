package dev.weft.ipam.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found when the ledger was compared with what there is.
 *
 * @param restored how many leases were brought back
 * @param known how many the ledger had
 * @param comparedWithOvn how many ports of OVN were compared, null when OVN could not be asked
 * @param contradictions where two sources do not agree
 */
@JsonInclude(Include.NON_NULL)
public record RestorationReport(
        Instant at,
        int restored,
        int known,
        @Nullable Integer comparedWithOvn,
        List<Contradiction> contradictions) {

    /** Whether there is anything that somebody should know. */
    public boolean isWorthTelling() {
        return restored > 0 || !contradictions.isEmpty();
    }

    /**
     * Two sources that do not agree.
     *
     * @param port the port that it is about
     * @param kind for programs
     * @param says what each source says
     * @param winner whose word holds
     */
    public record Contradiction(String port, Kind kind, String says, String winner) {}

    /** What sources can disagree about. */
    public enum Kind {
        /** A port's annotations, {@code IP} object or status differ. */
        ADDRESSES_DIFFER,
        /** The ledger and a running pod differ. */
        LEDGER_DIFFERS,
        /** Two ports have one address. */
        ADDRESS_TWICE,
        /** OVN has other addresses for a port. */
        OVN_DIFFERS,
        /** OVN has a port that nobody has a lease for. */
        OVN_ALONE,
        /** What is there says too little to be brought back. */
        INCOMPLETE
    }
}
