package dev.weft.kube;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of the annotations on pods, nodes and namespaces. The key of the primary interface is
 * {@code ovn.kubernetes.io/<key>}, that of a provider {@code <provider>.kubernetes.io/<key>}.
 */
public final class Annotations {

    private static final String DOMAIN = ".kubernetes.io/";

    // requests of a user on a pod; some are results as well
    public static final String LOGICAL_SWITCH = "logical_switch";
    public static final String IP_ADDRESS = "ip_address";
    public static final String IP_FAMILY = "ip_family";
    public static final String MAC_ADDRESS = "mac_address";
    public static final String IP_POOL = "ip_pool";
    public static final String VIP = "vip";
    public static final String AAPS = "aaps";
    public static final String PORT_VIPS = "port_vips";
    public static final String PORT_SECURITY = "port_security";
    public static final String LAYER2_FORWARD = "layer2_forward";
    public static final String SECURITY_GROUPS = "security_groups";
    public static final String INGRESS_RATE = "ingress_rate";
    public static final String EGRESS_RATE = "egress_rate";
    public static final String INGRESS_BURST = "ingress_burst";
    public static final String EGRESS_BURST = "egress_burst";
    public static final String LATENCY = "latency";
    public static final String JITTER = "jitter";
    public static final String LIMIT = "limit";
    public static final String LOSS = "loss";
    public static final String MIRROR = "mirror";
    public static final String ROUTES = "routes";
    public static final String DEFAULT_ROUTE = "default_route";
    public static final String NORTH_GATEWAY = "north_gateway";
    public static final String EIP = "eip";
    public static final String SNAT = "snat";
    public static final String POD_NIC_TYPE = "pod_nic_type";
    public static final String ACTIVATION_STRATEGY = "activation_strategy";
    public static final String DHCP_V4_OPTIONS = "dhcp-v4-options";
    public static final String DHCP_V6_OPTIONS = "dhcp-v6-options";
    public static final String BGP = "bgp";

    // results on pods and nodes
    public static final String ALLOCATED = "allocated";
    public static final String CIDR = "cidr";
    public static final String GATEWAY = "gateway";
    public static final String LOGICAL_ROUTER = "logical_router";
    public static final String VLAN_ID = "vlan_id";
    public static final String PROVIDER_NETWORK = "provider_network";
    public static final String VIRTUAL_MACHINE = "virtualmachine";
    public static final String ROUTED = "routed";
    public static final String EXCLUDE_IPS = "exclude_ips";
    public static final String PORT_NAME = "port_name";
    public static final String CHASSIS = "chassis";

    // requests on nodes
    public static final String TUNNEL_INTERFACE = "tunnel_interface";
    public static final String NODE_NETWORKS = "node_networks";

    /** Which networks a pod has besides its primary one; of Multus. */
    public static final String MULTUS_NETWORKS = "k8s.v1.cni.cncf.io/networks";

    /** Which network a pod's primary interface is of; of Multus. */
    public static final String MULTUS_DEFAULT_NETWORK = "v1.multus-cni.io/default-network";

    /** Label of an {@code IP} object: its subnet. */
    public static final String LABEL_SUBNET = "ovn.kubernetes.io/subnet";

    /** Label of an {@code IP} object: its node. */
    public static final String LABEL_NODE = "ovn.kubernetes.io/node-name";

    /** Label of an {@code IP} object: {@code "true"} when a user made it as a reservation. */
    public static final String LABEL_RESERVED = "ovn.kubernetes.io/ip_reserved";

    private static final Set<String> KEYS =
            Set.of(
                    LOGICAL_SWITCH,
                    IP_ADDRESS,
                    IP_FAMILY,
                    MAC_ADDRESS,
                    IP_POOL,
                    VIP,
                    AAPS,
                    PORT_VIPS,
                    PORT_SECURITY,
                    LAYER2_FORWARD,
                    SECURITY_GROUPS,
                    INGRESS_RATE,
                    EGRESS_RATE,
                    INGRESS_BURST,
                    EGRESS_BURST,
                    LATENCY,
                    JITTER,
                    LIMIT,
                    LOSS,
                    MIRROR,
                    ROUTES,
                    DEFAULT_ROUTE,
                    NORTH_GATEWAY,
                    EIP,
                    SNAT,
                    POD_NIC_TYPE,
                    ACTIVATION_STRATEGY,
                    DHCP_V4_OPTIONS,
                    DHCP_V6_OPTIONS,
                    BGP,
                    ALLOCATED,
                    CIDR,
                    GATEWAY,
                    LOGICAL_ROUTER,
                    VLAN_ID,
                    PROVIDER_NETWORK,
                    VIRTUAL_MACHINE,
                    ROUTED,
                    EXCLUDE_IPS,
                    PORT_NAME,
                    CHASSIS,
                    TUNNEL_INTERFACE,
                    NODE_NETWORKS);

    private static final Set<String> FOREIGN =
            Set.of(
                    MULTUS_NETWORKS,
                    MULTUS_DEFAULT_NETWORK,
                    "kubevirt.io/allow-pod-bridge-network-live-migration",
                    VmView.MIGRATION_JOB);

    private Annotations() {}

    /** The annotation of the primary interface: {@code ovn.kubernetes.io/<key>}. */
    public static String of(String key) {
        return of(Names.PRIMARY_PROVIDER, key);
    }

    /** The annotation of a provider's interface; an empty or absent provider is the primary one. */
    public static String of(@Nullable String provider, String key) {
        return (provider == null || provider.isEmpty() ? Names.PRIMARY_PROVIDER : provider)
                + DOMAIN
                + key;
    }

    /** Whether an annotation's name is one that the fabric reads or writes, of any provider. */
    public static boolean concerns(String name) {
        var at = name.indexOf(DOMAIN);
        if (at <= 0) {
            return FOREIGN.contains(name);
        }
        var key = name.substring(at + DOMAIN.length());
        return KEYS.contains(key)
                || key.startsWith(IP_ADDRESS + ".")
                || key.startsWith(MAC_ADDRESS + ".");
    }
}
