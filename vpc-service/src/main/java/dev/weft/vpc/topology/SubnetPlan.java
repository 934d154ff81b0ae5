package dev.weft.vpc.topology;

import dev.weft.kube.Names;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.ovn.Desired;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.nb.LogicalRouter;
import dev.weft.ovn.nb.LogicalRouterPort;
import dev.weft.ovn.nb.LogicalRouterStaticRoute;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A subnet is a logical switch of its name and a pair of ports that connects it to its VPC's
 * router; the router's end holds the gateway addresses. The join subnet also brings the router's
 * default routes.
 */
final class SubnetPlan {

    private SubnetPlan() {}

    static Plan of(String name, World world) {
        var owner = Owners.subnet(name);
        return switch (world.subnets().get(name)) {
            case null -> Plan.nothing(owner);
            // a switch that is there stays: a slip in a manifest must not cut off its pods
            case Invalid invalid -> new Plan.Keep(owner, invalid.toString());
            case Valid(var subnet) when !subnet.isOvn() -> Plan.nothing(owner);
            case Valid(var subnet) when subnet.vlan() != null ->
                    new Plan.Keep(
                            owner,
                            "spec.vlan \"%s\": underlay subnets are not served yet"
                                    .formatted(subnet.vlan()));
            case Valid(var subnet) -> Plan.serve(rows(subnet));
        };
    }

    private static Desired rows(ResolvedSubnet subnet) {
        var rows = new ArrayList<RowSpec>();
        rows.add(
                RowSpec.of(LogicalSwitch.TABLE, subnet.name())
                        .withEntries(LogicalSwitch.EXTERNAL_IDS, Topology.VENDOR));
        rows.add(routerPort(subnet));
        rows.add(switchPort(subnet));
        if (subnet.name().equals(Names.JOIN_SUBNET)) {
            subnet.gateways().stream()
                    .map(gateway -> defaultRoute(subnet.vpc(), gateway))
                    .forEach(rows::add);
        }
        return new Desired(Owners.subnet(subnet.name()), List.copyOf(rows));
    }

    /**
     * The MAC follows from the name, so that a rebuilt fabric has the same; one that is there is
     * kept, since the pods' neighbour caches hold it.
     */
    private static RowSpec routerPort(ResolvedSubnet subnet) {
        var name = Names.routerPortName(subnet.vpc(), subnet.name());
        return RowSpec.of(LogicalRouterPort.TABLE, name)
                .initially(LogicalRouterPort.MAC, MacAddress.derivedFrom(name).toString())
                .with(
                        LogicalRouterPort.NETWORKS,
                        subnet.routerNetworks().stream().collect(Collectors.toSet()))
                .withEntries(LogicalRouterPort.EXTERNAL_IDS, Topology.VENDOR)
                .memberOf(LogicalRouter.PORTS, RowRef.of(LogicalRouter.TABLE, subnet.vpc()));
    }

    private static RowSpec switchPort(ResolvedSubnet subnet) {
        return RowSpec.of(
                        LogicalSwitchPort.TABLE, Names.switchPortName(subnet.name(), subnet.vpc()))
                .with(LogicalSwitchPort.TYPE, "router")
                .with(LogicalSwitchPort.ADDRESSES, Set.of("router"))
                .withEntries(
                        LogicalSwitchPort.OPTIONS,
                        Map.of("router-port", Names.routerPortName(subnet.vpc(), subnet.name())))
                .withEntries(LogicalSwitchPort.EXTERNAL_IDS, Topology.VENDOR)
                .withEntries(LogicalSwitchPort.EXTERNAL_IDS, Map.of("ls", subnet.name()))
                .memberOf(LogicalSwitch.PORTS, RowRef.of(LogicalSwitch.TABLE, subnet.name()));
    }

    /**
     * OVN drops what no route matches before it looks at policies. This route lets everything reach
     * them; what no policy takes ends at the join gateway, which is the router itself.
     */
    private static RowSpec defaultRoute(String router, IpAddress gateway) {
        var everything = gateway.family() == Family.IPV4 ? "0.0.0.0/0" : "::/0";
        return RowSpec.of(LogicalRouterStaticRoute.TABLE, everything)
                .with(LogicalRouterStaticRoute.IP_PREFIX, everything)
                .with(LogicalRouterStaticRoute.NEXTHOP, gateway.toString())
                .withEntries(LogicalRouterStaticRoute.EXTERNAL_IDS, Topology.VENDOR)
                .memberOf(LogicalRouter.STATIC_ROUTES, RowRef.of(LogicalRouter.TABLE, router));
    }
}
