package dev.weft.ipam.book;

import dev.weft.ipam.lease.EndReason;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseDecision;
import dev.weft.ipam.ledger.LedgerChange;
import dev.weft.ipam.ledger.LedgerChange.Amend;
import dev.weft.ipam.ledger.LedgerChange.Begin;
import dev.weft.ipam.ledger.LedgerChange.End;
import dev.weft.ipam.ledger.LedgerChange.Ending;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Reservation;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a decision means for the ledger. Addresses are taken out of the pools here. */
final class Changes {

    private final Supplier<UUID> ids;

    Changes(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /**
     * What is to be written; null for nothing.
     *
     * @param current what the port holds
     * @param now as exact as the database keeps it
     */
    @Nullable LedgerChange of(LeaseDecision decision, @Nullable Lease current, Instant now) {
        return switch (decision) {
            case LeaseDecision.Grant grant -> begin(grant, now);
            case LeaseDecision.Keep(var lease) when !lease.equals(current) -> new Amend(lease);
            case LeaseDecision.Keep _ -> null;
            case LeaseDecision.SetAside aside -> setAside(aside, now);
            case LeaseDecision.Release(var lease, var reason) ->
                    new End(new Ending(lease, reason, now));
            case LeaseDecision.Refuse refuse ->
                    refuse.replaced() == null
                            ? null
                            : new End(new Ending(refuse.replaced(), EndReason.OWNER_REPLACED, now));
            case LeaseDecision.Nothing _ -> null;
        };
    }

    private Begin begin(LeaseDecision.Grant grant, Instant now) {
        var claim = grant.claim();
        return switch (grant.subnet().pool().reserve(grant.request(), now)) {
            case Refusal refusal ->
                    throw new IllegalStateException("granted but refused: " + refusal);
            case Reservation reservation ->
                    new Begin(
                            new Lease(
                                    ids.get(),
                                    reservation.port(),
                                    claim.owner(),
                                    claim.provider(),
                                    claim.usage(),
                                    grant.subnet().vpc(),
                                    reservation.subnet(),
                                    reservation.addresses(),
                                    reservation.mac(),
                                    now),
                            grant.replaced() == null
                                    ? null
                                    : new Ending(grant.replaced(), grant.why(), now),
                            reservation);
        };
    }

    /** The addresses stay where they are, only their holder is another. */
    private Begin setAside(LeaseDecision.SetAside aside, Instant now) {
        var held = aside.lease();
        var usage = held.usage();
        return new Begin(
                new Lease(
                        ids.get(),
                        held.port(),
                        aside.absent(),
                        held.provider(),
                        new Lease.Usage(
                                usage.nodeName(), null, aside.keeper(), usage.portSecurity()),
                        held.vpc(),
                        held.subnet(),
                        held.addresses(),
                        held.mac(),
                        now),
                new Ending(held, EndReason.HANDED_OVER, now),
                null);
    }
}
