package dev.weft.vpc.topology;

import dev.weft.bus.LeaseView;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of subnets' addresses are served: those with which every lease stays valid. Another
 * one leaves the subnet as it was; ipam-service tells its user so.
 */
public final class LiveChanges {

    private LiveChanges() {}

    /**
     * What is served.
     *
     * @param before what was served until now
     * @param asked what the specs say
     * @param leases looked at only when addresses of a subnet change
     */
    public static Map<String, SubnetResolution> allowed(
            Map<String, SubnetResolution> before,
            Map<String, SubnetResolution> asked,
            Collection<LeaseView> leases) {
        var served = new HashMap<>(asked);
        served.replaceAll(
                (name, resolution) -> {
                    var was = before.get(name);
                    if (!(resolution instanceof Valid(var subnet)) || !moves(was, subnet)) {
                        return resolution;
                    }
                    return lost(subnet, leases)
                            .<SubnetResolution>map(
                                    port -> was instanceof Valid ? was : no(subnet, port))
                            .orElse(resolution);
                });
        return Map.copyOf(served);
    }

    private static boolean moves(@Nullable SubnetResolution was, ResolvedSubnet now) {
        return !(was instanceof Valid(var before))
                || !before.cidrs().equals(now.cidrs())
                || !before.gateways().equals(now.gateways())
                || !before.vpc().equals(now.vpc());
    }

    private static Optional<String> lost(ResolvedSubnet subnet, Collection<LeaseView> leases) {
        return leases.stream()
                .filter(lease -> lease.subnet().equals(subnet.name()))
                .filter(lease -> !subnet.suits(lease.vpc(), lease.addresses()))
                .map(LeaseView::portName)
                .findFirst();
    }

    private static Invalid no(ResolvedSubnet subnet, String port) {
        return new Invalid(
                "cidrBlock",
                subnet.cidrs().toString(),
                "the lease of %s would be outside".formatted(port));
    }
}
