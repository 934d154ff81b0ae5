package dev.weft.node;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the daemon; each is a property {@code weft.node.*} or the variable {@code
 * WEFT_NODE_*}.
 */
@ConfigMapping(prefix = "weft.node")
public interface NodeConfig {
    /** Name of our Node object. */
    String name();

    /** Where the node's own OVS database listens. */
    @WithDefault("unix:/run/openvswitch/db.sock")
    String ovs();

    /** Path of the socket that the CNI binary talks to. */
    @WithDefault("/run/weft/cni.sock")
    String cniSocket();

    /**
     * Southbound database for ovn-controller ({@code ovn-remote}), e.g. {@code tcp:10.99.0.1:6642};
     * unset leaves what is there.
     */
    Optional<String> sb();

    /** Address of the node's end of tunnels; the node's first InternalIP unless given. */
    Optional<String> encapIp();

    /** {@code geneve}, {@code vxlan} or {@code stt}. */
    @WithDefault("geneve")
    String encapType();

    /** {@code system} (kernel module) or {@code netdev} (userspace). */
    @WithDefault("system")
    String datapath();

    /** MTU of pods and of ovn0 in bytes; 0 means that of the underlay less 100. */
    @WithDefault("0")
    int mtu();

    /** Network namespace of the node, where it is not the one that the daemon runs in. */
    Optional<String> netns();

    /**
     * Name in OVN; unless given what {@code external_ids:system-id} says already, else the node's
     * name.
     */
    Optional<String> systemId();

    /** Interval of ovn-controller's probes of the southbound database in ms; 0 means none. */
    @WithDefault("10000")
    int remoteProbeInterval();

    /** Interval of ovn-controller's probes of the OpenFlow connection in s; 0 means none. */
    @WithDefault("180")
    int openflowProbeInterval();

    /** Further {@code external_ids} of Open_vSwitch, such as {@code ovn-bridge-mappings}. */
    Map<String, String> externalIds();

    /** How long ADD waits for everything together, unless the network configuration says less. */
    @WithDefault("PT50S")
    Duration addTimeout();

    /** CNI requests served at a time; more are told to try again later. */
    @WithDefault("512")
    int maxRequests();

    /** CNI requests that change kernel and OVS at a time; the others wait their turn. */
    @WithDefault("8")
    int parallel();
}
