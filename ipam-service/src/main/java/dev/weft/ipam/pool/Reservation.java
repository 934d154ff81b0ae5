package dev.weft.ipam.pool;

import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Addresses taken out of a pool for a port. Not yet a lease: either the ledger confirms it, or it
 * is {@linkplain AddressPool#undo undone}.
 *
 * @param subnet the pool's subnet
 * @param port the holder
 * @param addresses what was taken
 * @param mac the MAC that goes with them
 * @param origins where in the pool each address came from
 * @param macWasOwn whether the port held the MAC already
 */
public record Reservation(
        String subnet,
        String port,
        DualStack<IpAddress> addresses,
        MacAddress mac,
        DualStack<Origin> origins,
        boolean macWasOwn)
        implements PoolAnswer {

    /**
     * Where an address was before it was reserved.
     *
     * @param releasedAt since when it was set aside, null when it was not
     */
    public record Origin(Kind kind, @Nullable Instant releasedAt) {

        /** Never handed out before. */
        static final Origin FRESH = new Origin(Kind.FRESH, null);

        /** Not handed out unless asked for. */
        static final Origin EXCLUDED = new Origin(Kind.EXCLUDED, null);

        /** Held by the same port. */
        static final Origin OWN = new Origin(Kind.OWN, null);

        /** Released and set aside. */
        static Origin setAside(Instant releasedAt) {
            return new Origin(Kind.SET_ASIDE, releasedAt);
        }

        /** Where it can have been. */
        enum Kind {
            FRESH,
            SET_ASIDE,
            EXCLUDED,
            OWN
        }
    }
}
