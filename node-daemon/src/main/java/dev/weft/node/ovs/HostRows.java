package dev.weft.node.ovs;

import dev.weft.kube.Names;
import dev.weft.net.MacAddress;
import dev.weft.ovn.Desired;
import dev.weft.ovn.Owner;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.ovs.Bridge;
import dev.weft.ovn.ovs.Interface;
import dev.weft.ovn.ovs.OpenVSwitch;
import dev.weft.ovn.ovs.Port;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that the node itself should have in its OVS: settings for ovn-controller, br-int, ovn0.
 * Bridges are adopted where they exist.
 */
public final class HostRows {
    /** The integration bridge. */
    public static final String BRIDGE = "br-int";

    /** The node's own interface on the join subnet. */
    public static final String LINK = "ovn0";

    private HostRows() {}

    /**
     * What lets ovn-controller work.
     *
     * @param externalIds entries for {@code Open_vSwitch.external_ids}; others there are left alone
     * @param datapath {@code system} or {@code netdev}
     */
    public static Desired chassis(String node, Map<String, String> externalIds, String datapath) {
        RowRef root = RowRef.singleton(OpenVSwitch.TABLE);
        RowSpec settings = RowSpec.shared(root).withEntries(OpenVSwitch.EXTERNAL_IDS, externalIds);
        RowSpec bridge =
                RowSpec.of(Bridge.TABLE, BRIDGE)
                        .adopt()
                        .with(Bridge.DATAPATH_TYPE, datapath)
                        .with(Bridge.FAIL_MODE, Optional.of("secure"))
                        .withEntries(Bridge.OTHER_CONFIG, Map.of("disable-in-band", "true"))
                        .memberOf(OpenVSwitch.BRIDGES, root)
                        .withRefs(Bridge.PORTS, RowRef.of(Port.TABLE, BRIDGE));
        RowSpec port =
                RowSpec.of(Port.TABLE, BRIDGE)
                        .adopt()
                        .withRefs(Port.INTERFACES, RowRef.of(Interface.TABLE, BRIDGE));
        RowSpec iface =
                RowSpec.of(Interface.TABLE, BRIDGE).adopt().with(Interface.TYPE, "internal");
        return Desired.of(
                new Owner(Attachment.SERVICE, "Chassis", node), settings, bridge, port, iface);
    }

    /** The node's leg: an internal port, whose device ovs-vswitchd makes with this MAC and MTU. */
    public static Desired link(String node, MacAddress mac, int mtu) {
        RowSpec port =
                RowSpec.of(Port.TABLE, LINK)
                        .adopt()
                        .withRefs(Port.INTERFACES, RowRef.of(Interface.TABLE, LINK))
                        .memberOf(Bridge.PORTS, RowRef.of(Bridge.TABLE, BRIDGE));
        RowSpec iface =
                RowSpec.of(Interface.TABLE, LINK)
                        .adopt()
                        .with(Interface.TYPE, "internal")
                        .with(Interface.MAC, Optional.of(mac.toString()))
                        .with(Interface.MTU_REQUEST, Optional.of((long) mtu))
                        .withEntries(
                                Interface.EXTERNAL_IDS,
                                Map.of(
                                        "iface-id",
                                        Names.nodePortName(node),
                                        "vendor",
                                        PodRows.VENDOR));
        return Desired.of(new Owner(Attachment.SERVICE, "Node", node), port, iface);
    }
}
