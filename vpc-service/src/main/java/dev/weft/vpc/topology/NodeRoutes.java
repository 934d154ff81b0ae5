package dev.weft.vpc.topology;

import dev.weft.bus.LeaseView;
import dev.weft.kube.NodeView;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.nb.LogicalRouter;
import dev.weft.ovn.nb.LogicalRouterPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What pods send to a node's own address goes to its address on the join switch. */
final class NodeRoutes {

    /** As the peer has it: above the gateways' 29000, below a subnet's own 31000. */
    private static final long PRIORITY = 30_000;

    private NodeRoutes() {}

    static List<RowSpec> of(NodeView node, LeaseView lease) {
        return node.internalAddresses().stream()
                .flatMap(text -> address(text).stream())
                .distinct()
                .flatMap(
                        address ->
                                lease.addresses().get(address.family()).stream()
                                        .map(join -> policy(node, lease.vpc(), address, join)))
                .toList();
    }

    private static RowSpec policy(NodeView node, String router, IpAddress address, IpAddress join) {
        var family = address.family() == Family.IPV4 ? "4" : "6";
        return RowSpec.of(LogicalRouterPolicy.TABLE, "to-" + address)
                .with(LogicalRouterPolicy.PRIORITY, PRIORITY)
                .with(LogicalRouterPolicy.MATCH, "ip%s.dst == %s".formatted(family, address))
                .with(LogicalRouterPolicy.ACTION, "reroute")
                .with(LogicalRouterPolicy.NEXTHOPS, Set.of(join.toString()))
                .withEntries(
                        LogicalRouterPolicy.EXTERNAL_IDS,
                        Map.of("vendor", "kube-ovn", "node", node.name(), "address-family", family))
                .memberOf(LogicalRouter.POLICIES, RowRef.of(LogicalRouter.TABLE, router));
    }

    /** Addresses that no packet can have, such as names, are passed over. */
    private static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
