package dev.weft.ipam.lease;

import dev.weft.ipam.lease.Subnets.Place;
import dev.weft.ipam.pool.AddressRequest;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Refusal.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do about one port, given what its object claims, what it holds and how the subnets stand.
 * A pure function: same input, same decision.
 *
 * <p>An object keeps what it holds whatever its annotations say later. Another object of the same
 * name (another UID) is another owner: it begins anew, unless the same {@link Keeper} keeps the
 * addresses for the name and the object still asks for such; then they are handed over.
 */
public sealed interface LeaseDecision {

    /**
     * Lease what the request asks for out of the subnet.
     *
     * @param replaced a namesake's lease that ends in the same commit
     * @param why it ends
     */
    record Grant(
            Claim.Wanted claim,
            Subnets.Serving subnet,
            AddressRequest request,
            @Nullable Lease replaced,
            EndReason why)
            implements LeaseDecision {}

    /** Leave what is held; the lease as it should read now. */
    record Keep(Lease lease) implements LeaseDecision {}

    /** Nobody uses it any more, but its addresses wait for the next of the name. */
    record SetAside(Lease lease, LeaseOwner absent, Keeper keeper) implements LeaseDecision {}

    /** End the lease. */
    record Release(Lease lease, EndReason reason) implements LeaseDecision {}

    /**
     * Lease nothing, and say why.
     *
     * @param replaced a namesake's lease that ends all the same
     * @param subnets the subnets that might do when something is released there
     */
    record Refuse(LeaseOwner owner, Refusal refusal, @Nullable Lease replaced, List<String> subnets)
            implements LeaseDecision {}

    /** Nothing is claimed and nothing is held. */
    record Nothing() implements LeaseDecision {}

    /**
     * Decides.
     *
     * @param current what the port holds, null for nothing
     * @param now for quarantines
     */
    static LeaseDecision of(Claim claim, @Nullable Lease current, Subnets subnets, Instant now) {
        return switch (claim) {
            case Claim.None none ->
                    current == null ? new Nothing() : new Release(current, none.why());
            case Claim.Held _ -> current == null ? new Nothing() : new Keep(current);
            case Claim.Kept kept -> of(kept, current);
            case Claim.Unclear unclear ->
                    refused(
                            unclear.owner(),
                            current,
                            new Refusal(Reason.INVALID_ANNOTATION, unclear.message()),
                            List.of());
            case Claim.Wanted wanted -> of(wanted, current, new Placement(subnets, now));
        };
    }

    private static LeaseDecision of(Claim.Kept kept, @Nullable Lease current) {
        if (current == null) {
            return new Nothing();
        }
        return current.owner().isPresent()
                ? new SetAside(current, kept.absent(), kept.keeper())
                : new Keep(current);
    }

    private static LeaseDecision of(
            Claim.Wanted wanted, @Nullable Lease current, Placement placement) {
        if (current != null && current.owner().equals(wanted.owner())) {
            return new Keep(current.amended(usage(wanted, current)));
        }
        if (current != null && !current.owner().isNamesakeOf(wanted.owner())) {
            return refused(wanted.owner(), current, null, List.of());
        }
        if (wanted.ending() && current == null) {
            return new Nothing();
        }
        if (wanted.ending()) {
            return ending(wanted, java.util.Objects.requireNonNull(current));
        }
        if (current != null && isKeptFor(wanted, current)) {
            var handed = placement.handOver(wanted, current);
            if (handed instanceof Placement.Found(var subnet, var request)) {
                return new Grant(wanted, subnet, request, current, EndReason.HANDED_OVER);
            }
            if (handed instanceof Placement.NotFound(var refusal, _)) {
                // the addresses wait until what is in the way is out of it
                return new Refuse(wanted.owner(), refusal, null, List.of());
            }
        }
        return switch (placement.find(wanted)) {
            case Placement.Found(var subnet, var request) ->
                    new Grant(wanted, subnet, request, current, EndReason.OWNER_REPLACED);
            case Placement.NotFound(var refusal, var tried) ->
                    refused(
                            wanted.owner(),
                            current,
                            refusal,
                            tried.stream().map(Place::subnet).toList());
            case Placement.Elsewhere _ -> throw new IllegalStateException("only of a hand-over");
        };
    }

    /** A pod that is being deleted does not take over what another of the name held. */
    private static LeaseDecision ending(Claim.Wanted wanted, Lease current) {
        var keeper = current.keeper();
        if (keeper == null || !isKeptFor(wanted, current)) {
            return new Release(current, EndReason.OWNER_REPLACED);
        }
        return of(new Claim.Kept(LeaseOwner.absent(current.owner().key()), keeper), current);
    }

    /** Where an owner was is remembered while none of the name lives. */
    private static Lease.Usage usage(Claim.Wanted wanted, Lease current) {
        return wanted.owner().isPresent() ? wanted.usage() : wanted.usage().on(current.nodeName());
    }

    private static boolean isKeptFor(Claim.Wanted wanted, Lease current) {
        return !current.owner().isPresent()
                || current.keeper() != null && current.keeper().equals(wanted.usage().keeper());
    }

    /**
     * What is held is kept by its own holder; a namesake's ends; another's port name cannot be had.
     */
    private static LeaseDecision refused(
            LeaseOwner owner,
            @Nullable Lease current,
            @Nullable Refusal refusal,
            List<String> tried) {
        if (current != null && current.owner().equals(owner)) {
            return new Keep(current);
        }
        if (current != null && !current.owner().isNamesakeOf(owner)) {
            return new Refuse(
                    owner,
                    new Refusal(
                            Reason.PORT_NAME_TAKEN,
                            "the port name %s is held by %s; rename one of the two"
                                    .formatted(current.port(), current.owner())),
                    null,
                    List.of());
        }
        return new Refuse(owner, java.util.Objects.requireNonNull(refusal), current, tried);
    }
}
