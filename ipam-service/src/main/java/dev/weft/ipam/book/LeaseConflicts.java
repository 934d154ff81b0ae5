package dev.weft.ipam.book;

import dev.weft.ipam.lease.Lease;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution.Invalid;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a subnet can have other addresses while leases are in it. */
final class LeaseConflicts {

    private static final int NAMED = 5;

    private LeaseConflicts() {}

    /** Why it cannot, naming the leases; empty when every lease stays valid. */
    static Optional<Invalid> of(ResolvedSubnet subnet, Stream<Lease> held) {
        var lost =
                held.filter(lease -> !subnet.suits(lease.vpc(), lease.addresses()))
                        .sorted(java.util.Comparator.comparing(Lease::port))
                        .toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        var names =
                lost.stream()
                        .limit(NAMED)
                        .map(lease -> lease.port() + " (" + lease.addresses() + ")")
                        .collect(Collectors.joining(", "));
        var more = lost.size() > NAMED ? " and %d more".formatted(lost.size() - NAMED) : "";
        return Optional.of(
                new Invalid(
                        "cidrBlock",
                        subnet.cidrs().toString(),
                        "the leases of %s%s would be outside, or at the gateway %s; keep them inside or remove those pods first"
                                .formatted(names, more, subnet.gateways())));
    }
}
