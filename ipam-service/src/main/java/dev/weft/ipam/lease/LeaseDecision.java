package dev.weft.ipam.lease;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.ipam.pool.AddressRequest;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.kube.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do about one port, given what its object claims, what it holds and how the subnets stand.
 * A pure function: same input, same decision.
 *
 * <p>A pod's subnet is the one of its annotation {@code logical_switch}, else the first subnet with
 * room that is bound to its namespace, else the cluster's default one; a node's is the join subnet.
 * An object keeps what it holds whatever its annotations say later; another object of the same name
 * (another UID) is another owner.
 */
public sealed interface LeaseDecision {

    /**
     * Lease what the request asks for out of the subnet.
     *
     * @param replaced a namesake's lease that ends in the same commit
     */
    record Grant(
            Claim.Wanted claim,
            Subnets.Serving subnet,
            AddressRequest request,
            @Nullable Lease replaced)
            implements LeaseDecision {}

    /** Leave what is held; the lease as it should read now. */
    record Keep(Lease lease) implements LeaseDecision {}

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
     */
    static LeaseDecision of(Claim claim, @Nullable Lease current, Subnets subnets) {
        return switch (claim) {
            case Claim.None none ->
                    current == null ? new Nothing() : new Release(current, none.why());
            case Claim.Unclear unclear ->
                    refused(
                            unclear.owner(),
                            current,
                            new Refusal(Reason.INVALID_ANNOTATION, unclear.message()));
            case Claim.Wanted wanted -> of(wanted, current, subnets);
        };
    }

    private static LeaseDecision of(Claim.Wanted wanted, @Nullable Lease current, Subnets subnets) {
        if (current != null && current.owner().equals(wanted.owner())) {
            return new Keep(current.amended(wanted.nodeName(), wanted.portSecurity()));
        }
        if (current != null && !current.owner().isNamesakeOf(wanted.owner())) {
            return refused(wanted.owner(), current, null);
        }
        if (wanted.ending()) {
            return current == null ? new Nothing() : new Release(current, EndReason.OWNER_REPLACED);
        }
        var tried = new ArrayList<String>();
        Refusal first = null;
        for (var name : candidates(wanted, subnets)) {
            tried.add(name);
            var answer = attempt(wanted, current, name, subnets);
            if (answer instanceof Grant) {
                return answer;
            }
            first = first == null ? ((Refuse) answer).refusal() : first;
        }
        var refusal = java.util.Objects.requireNonNull(first);
        if (tried.size() > 1) {
            refusal =
                    new Refusal(
                            refusal.reason(),
                            refusal.message() + " (tried the namespace's subnets " + tried + ")");
        }
        return new Refuse(wanted.owner(), refusal, current, tried);
    }

    private static List<String> candidates(Claim.Wanted wanted, Subnets subnets) {
        if (wanted.owner().kind() == Kind.NODE) {
            return List.of(Names.JOIN_SUBNET);
        }
        if (wanted.subnet() != null) {
            return List.of(wanted.subnet());
        }
        var bound = subnets.boundTo(String.valueOf(wanted.owner().namespace()));
        return bound.isEmpty() ? List.of(Names.DEFAULT_SUBNET) : bound;
    }

    private static LeaseDecision attempt(
            Claim.Wanted wanted, @Nullable Lease replaced, String name, Subnets subnets) {
        var owner = wanted.owner();
        return switch (subnets.find(name).orElse(null)) {
            case null -> refuse(owner, replaced, Reason.NO_SUCH_SUBNET, noSuchSubnet(wanted, name));
            case Subnets.Closed closed -> new Refuse(owner, closed.why(), replaced, List.of());
            case Subnets.Serving serving -> {
                if (owner.kind() == Kind.POD && !serving.forPods()) {
                    yield refuse(
                            owner,
                            replaced,
                            Reason.SUBNET_NOT_FOR_PODS,
                            "logical_switch %s is not for pods' primary interfaces; choose another subnet"
                                    .formatted(name));
                }
                var request = request(wanted);
                var refusal = serving.pool().check(request);
                if (refusal.isPresent() && !wanted.insists()) {
                    request = AddressRequest.any(request.port(), request.seed());
                    refusal = serving.pool().check(request);
                }
                yield refusal.isPresent()
                        ? new Refuse(owner, refusal.get(), replaced, List.of())
                        : new Grant(wanted, serving, request, replaced);
            }
        };
    }

    private static AddressRequest request(Claim.Wanted wanted) {
        var port = wanted.owner().key().port();
        // another life of the same name gets another MAC, so that neighbours do not mix them up
        var seed = port + "/" + wanted.owner().uid();
        return new AddressRequest(port, wanted.only(), wanted.fixed(), wanted.mac(), seed);
    }

    private static String noSuchSubnet(Claim.Wanted wanted, String name) {
        return wanted.subnet() != null
                ? "logical_switch %s: there is no such subnet; create it or name another"
                        .formatted(name)
                : "subnet %s does not exist yet; it is created by vpc-service".formatted(name);
    }

    private static LeaseDecision refuse(
            LeaseOwner owner, @Nullable Lease replaced, Reason reason, String message) {
        return new Refuse(owner, new Refusal(reason, message), replaced, List.of());
    }

    /**
     * What is held is kept by its own holder; a namesake's ends; another's port name cannot be had.
     */
    private static LeaseDecision refused(
            LeaseOwner owner, @Nullable Lease current, @Nullable Refusal refusal) {
        if (current != null && current.owner().equals(owner)) {
            return new Keep(current);
        }
        if (current != null && !current.owner().isNamesakeOf(owner)) {
            return refuse(
                    owner,
                    null,
                    Reason.PORT_NAME_TAKEN,
                    "the port name %s is held by %s; rename one of the two"
                            .formatted(current.port(), current.owner()));
        }
        return new Refuse(owner, java.util.Objects.requireNonNull(refusal), current, List.of());
    }
}
