package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.NetNs;

/**
 * The network that the nodes' machines are plugged into: one Linux bridge in a namespace of its
 * own, 10.99.0.0/24.
 */
public final class Underlay {
    /** Room for Geneve (78 bytes over IPv6) around packets of 1500 bytes. */
    public static final int MTU = 1600;

    /** Where the nodes are. */
    public static final String NODES = "10.99.0.0/24";

    private static final String BRIDGE = "br0";

    private final NetNs netns;

    public Underlay(LabLayout layout) {
        this.netns = layout.netns("ul");
    }

    /** Makes the bridge unless it is there. */
    public void ensure() {
        netns.create();
        if (!netns.hasLink(BRIDGE)) {
            // snooping would hold back IPv6 neighbour discovery until a querier is heard
            netns.ip("link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0");
            netns.ip("link", "set", BRIDGE, "mtu", Integer.toString(MTU), "up");
        }
    }

    /**
     * Plugs a namespace in with its {@code eth0}, unless it is.
     *
     * @param port the name of the bridge's end, at most 15 characters
     */
    public void plug(NetNs guest, String port) {
        if (guest.hasLink("eth0")) {
            return;
        }
        String mtu = Integer.toString(MTU);
        Command.of(
                        "ip",
                        "link",
                        "add",
                        "eth0",
                        "netns",
                        guest.name(),
                        "mtu",
                        mtu,
                        "type",
                        "veth",
                        "peer",
                        "name",
                        port,
                        "netns",
                        netns.name(),
                        "mtu",
                        mtu)
                .output();
        netns.ip("link", "set", port, "master", BRIDGE, "up");
        // a veth leaves checksums to the receiver, and OVS in userspace hands them on blank: TCP
        // would hang
        guest.command("ethtool", "-K", "eth0", "tx", "off").output();
        guest.ip("link", "set", "eth0", "up");
    }

    /** The address of node number {@code index}, from 1. */
    public static String nodeAddress(int index) {
        return "10.99.0." + (10 + index);
    }

    /** The address of the Kubernetes API where it has to reach the nodes. */
    public static String apiAddress() {
        return "10.99.0.2";
    }

    /** The address of OVN central. */
    public static String centralAddress() {
        return "10.99.0.1";
    }
}
