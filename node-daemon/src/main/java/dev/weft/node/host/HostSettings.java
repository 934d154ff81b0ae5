package dev.weft.node.host;

import dev.weft.kube.NodeView;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.net.IpAddress;
import dev.weft.node.NodeConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the configuration says of the node, checked once. */
public final class HostSettings {
    /** What tunnels add to a packet, with room to spare: geneve over IPv6 adds 78 bytes. */
    private static final int TUNNEL = 100;

    private static final int LEAST_MTU = 1280;

    private final NodeConfig config;

    /**
     * @throws IllegalArgumentException naming the property that is wrong
     */
    public HostSettings(NodeConfig config) {
        this.config = config;
        require("weft.node.datapath", config.datapath(), "system", "netdev");
        require("weft.node.encap-type", config.encapType(), "geneve", "vxlan", "stt");
        config.encapIp().ifPresent(IpAddress::parse);
        if (config.mtu() != 0 && (config.mtu() < LEAST_MTU || config.mtu() > 65535)) {
            throw new IllegalArgumentException(
                    "weft.node.mtu is "
                            + config.mtu()
                            + ", allowed are 0 (automatic) and 1280 to 65535");
        }
    }

    public String node() {
        return config.name();
    }

    public String datapath() {
        return config.datapath();
    }

    /**
     * Whether packets from pods must have their checksums: the userspace datapath passes on what it
     * gets.
     */
    public boolean checksumsInPods() {
        return config.datapath().equals("netdev");
    }

    /** The node's end of tunnels; empty while neither the configuration nor the Node says it. */
    public Optional<IpAddress> encapIp(NodeView node) {
        return config.encapIp()
                .or(() -> node.internalAddresses().stream().findFirst())
                .map(IpAddress::parse);
    }

    /**
     * The node's name in OVN: an existing one is kept, since ovn-controller may have registered by
     * it.
     */
    public String systemId(Map<String, String> existing) {
        return config.systemId()
                .or(
                        () ->
                                Optional.ofNullable(existing.get("system-id"))
                                        .filter(id -> !id.isEmpty()))
                .orElse(config.name());
    }

    /** Entries of {@code Open_vSwitch.external_ids} (ovn-controller(8), "Configuration"). */
    public Map<String, String> externalIds(String systemId, IpAddress encapIp) {
        var ids = new LinkedHashMap<>(config.externalIds());
        ids.put("system-id", systemId);
        ids.put("hostname", config.name());
        config.sb().ifPresent(sb -> ids.put("ovn-remote", sb));
        ids.put("ovn-encap-type", config.encapType());
        ids.put("ovn-encap-ip", encapIp.toString());
        ids.put("ovn-bridge-datapath-type", config.datapath());
        ids.put("ovn-remote-probe-interval", Integer.toString(config.remoteProbeInterval()));
        ids.put("ovn-openflow-probe-interval", Integer.toString(config.openflowProbeInterval()));
        ids.put("ovn-monitor-all", "true");
        return ids;
    }

    /**
     * MTU of an interface on a subnet: the subnet's, else the configured one, else the underlay's
     * less what tunnels add.
     *
     * @param underlay MTU of the link that tunnels go through
     */
    public int mtu(int underlay, Optional<ResolvedSubnet> subnet) {
        int wanted = subnet.map(ResolvedSubnet::mtu).filter(mtu -> mtu != 0).orElse(config.mtu());
        return wanted != 0 ? wanted : Math.max(LEAST_MTU, underlay - TUNNEL);
    }

    private static void require(String key, String value, String... allowed) {
        if (!List.of(allowed).contains(value)) {
            throw new IllegalArgumentException(
                    key + " is '" + value + "', allowed are " + String.join(", ", allowed));
        }
    }
}
