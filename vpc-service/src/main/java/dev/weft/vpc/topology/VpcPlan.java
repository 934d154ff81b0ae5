package dev.weft.vpc.topology;

import dev.weft.kube.Names;
import dev.weft.kube.v1.VpcSpec;
import dev.weft.ovn.Desired;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.nb.LogicalRouter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A VPC is a logical router of its name. The default VPC is there whether it has an object or not.
 */
final class VpcPlan {

    /**
     * MAC addresses of neighbours are forgotten after five minutes, asked for when they are needed
     * rather than for every pair of routers beforehand, and not learned from requests meant for
     * others: this keeps the southbound database small.
     */
    private static final Map<String, String> OPTIONS =
            Map.of(
                    "mac_binding_age_threshold", "300",
                    "dynamic_neigh_routers", "true",
                    "always_learn_from_arp_request", "false");

    private VpcPlan() {}

    static Plan of(String name, World world) {
        var vpc = Optional.ofNullable(world.vpcs().get(name));
        var gone = vpc.map(VpcView::deleting).orElse(true) && !name.equals(Names.DEFAULT_VPC);
        if (gone) {
            return Plan.nothing(Owners.vpc(name));
        }
        var router =
                RowSpec.of(LogicalRouter.TABLE, name)
                        .withEntries(LogicalRouter.OPTIONS, OPTIONS)
                        .withEntries(LogicalRouter.EXTERNAL_IDS, Topology.VENDOR);
        return new Plan.Serve(
                Desired.of(Owners.vpc(name), router),
                vpc.map(VpcView::spec).map(VpcPlan::notServed).orElse(List.of()));
    }

    private static List<String> notServed(VpcSpec spec) {
        return Stream.of(
                        field("staticRoutes", !spec.staticRoutes().isEmpty()),
                        field("policyRoutes", !spec.policyRoutes().isEmpty()),
                        field("vpcPeerings", !spec.vpcPeerings().isEmpty()),
                        field("enableExternal", Boolean.TRUE.equals(spec.enableExternal())),
                        field("extraExternalSubnets", !spec.extraExternalSubnets().isEmpty()),
                        field("enableBfd", Boolean.TRUE.equals(spec.enableBfd())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> field(String name, boolean said) {
        return said ? Optional.of("spec.%s is not served yet".formatted(name)) : Optional.empty();
    }
}
