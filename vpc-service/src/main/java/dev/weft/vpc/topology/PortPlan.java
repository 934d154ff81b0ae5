package dev.weft.vpc.topology;

import dev.weft.bus.LeaseView;
import dev.weft.kube.NodeView;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.ovn.Desired;
import dev.weft.ovn.Owner;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A lease is a port of the subnet's switch. A pod may send from its own addresses only. A node may
 * send from any address, since it passes on what comes from elsewhere and answers with its own
 * address, but from its own MAC only; its port comes with the {@link NodeRoutes}.
 */
final class PortPlan {

    private PortPlan() {}

    static Plan of(Owner owner, World world) {
        var lease = Optional.ofNullable(world.leases().get(Owners.portName(owner)));
        return lease.filter(l -> Owners.of(l).equals(owner))
                .filter(l -> isPort(l, world))
                .map(l -> Plan.serve(new Desired(owner, rows(l, owner, world))))
                .orElseGet(() -> Plan.nothing(owner));
    }

    /** A Vip's address is of other ports, and others than OVN forward for some networks. */
    private static boolean isPort(LeaseView lease, World world) {
        var otherNetwork =
                world.subnets().get(lease.subnet()) instanceof Valid(var subnet) && !subnet.isOvn();
        return !otherNetwork && !lease.ownerKind().equals(Owners.VIP);
    }

    private static List<RowSpec> rows(LeaseView lease, Owner owner, World world) {
        var rows = new ArrayList<RowSpec>();
        rows.add(port(lease, owner, world));
        NodeView node = owner.kind().equals(Owners.NODE) ? world.nodes().get(owner.name()) : null;
        if (node != null) {
            rows.addAll(NodeRoutes.of(node, lease));
        }
        return List.copyOf(rows);
    }

    private static RowSpec port(LeaseView lease, Owner owner, World world) {
        var macAndAddresses = new StringBuilder(lease.mac());
        lease.addresses().stream().forEach(address -> macAndAddresses.append(' ').append(address));
        var sendsAs = owner.kind().equals(Owners.NODE) ? lease.mac() : macAndAddresses.toString();
        var secured = world.portSecurity() && lease.portSecurity();
        return RowSpec.of(LogicalSwitchPort.TABLE, lease.portName())
                .with(LogicalSwitchPort.TYPE, "")
                .with(LogicalSwitchPort.ADDRESSES, Set.of(macAndAddresses.toString()))
                .with(LogicalSwitchPort.PORT_SECURITY, secured ? Set.of(sendsAs) : Set.of())
                .withEntries(LogicalSwitchPort.EXTERNAL_IDS, ids(lease))
                .memberOf(LogicalSwitch.PORTS, RowRef.of(LogicalSwitch.TABLE, lease.subnet()));
    }

    private static Map<String, String> ids(LeaseView lease) {
        return lease.namespace() == null
                ? Map.of("vendor", "kube-ovn", "ls", lease.subnet())
                : Map.of(
                        "vendor",
                        "kube-ovn",
                        "ls",
                        lease.subnet(),
                        "pod",
                        lease.namespace() + "/" + lease.name());
    }
}
