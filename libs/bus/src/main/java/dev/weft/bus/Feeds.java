package dev.weft.bus;

/**
 * The names of the feeds. A feed is a keyed stream of objects with positions: one multicast AMQP
 * address of the same name, and one snapshot at its producer.
 */
public final class Feeds {
    /** Trimmed Pods ({@code PodView}), key {@code namespace/name}. Producer: relay-service. */
    public static final String POD = "kube.pod";

    /** Trimmed Nodes ({@code NodeView}), key {@code name}. Producer: relay-service. */
    public static final String NODE = "kube.node";

    /** Trimmed Namespaces ({@code NamespaceView}), key {@code name}. Producer: relay-service. */
    public static final String NAMESPACE = "kube.namespace";

    /**
     * Subnets of kubeovn.io/v1, whole but for managedFields, key {@code name}. Producer:
     * relay-service.
     */
    public static final String SUBNET = "kube.subnet";

    /**
     * Vpcs of kubeovn.io/v1, whole but for managedFields, key {@code name}. Producer:
     * relay-service.
     */
    public static final String VPC = "kube.vpc";

    /**
     * IPs of kubeovn.io/v1, whole but for managedFields, key {@code name}. Producer: relay-service.
     */
    public static final String IP = "kube.ip";

    /** IPPools of kubeovn.io/v1, as {@link #SUBNET}. */
    public static final String IP_POOL = "kube.ippool";

    /** Vips of kubeovn.io/v1, as {@link #SUBNET}. */
    public static final String VIP = "kube.vip";

    /**
     * Trimmed StatefulSets ({@code StatefulSetView}), key {@code namespace/name}. Producer:
     * relay-service.
     */
    public static final String STATEFUL_SET = "kube.statefulset";

    /**
     * Trimmed VirtualMachines of KubeVirt ({@code VmView}), key {@code namespace/name}; empty where
     * KubeVirt is not installed. Producer: relay-service.
     */
    public static final String VM = "kube.vm";

    /** Trimmed VirtualMachineInstances of KubeVirt, as {@link #VM}. */
    public static final String VM_INSTANCE = "kube.vminstance";

    /**
     * Trimmed NetworkAttachmentDefinitions of Multus ({@code AttachmentView}), key {@code
     * namespace/name}; empty where Multus is not installed. Producer: relay-service.
     */
    public static final String ATTACHMENT = "kube.attachment";

    /** Addresses leased ({@link LeaseView}), key = port name. Producer: ipam-service. */
    public static final String LEASE = "ipam.lease";

    /**
     * Ports of OVN that belong to leases, key = port name, object {@code {"addresses":"v4,v6"}}. A
     * snapshot only, without messages: for who wants to compare. Producer: vpc-service.
     */
    public static final String OVN_PORT = "ovn.port";

    private Feeds() {}

    /**
     * The queue on which a service receives a feed, as a fully qualified queue name of Artemis:
     * {@code kube.pod::ipam.kube.pod}. The feed is part of the queue's name too, since Artemis
     * keeps queue names unique across addresses. On RabbitMQ 4 the same queue is {@code
     * /queues/ipam.kube.pod}.
     */
    public static String queue(String feed, String service) {
        return feed + "::" + service + "." + feed;
    }
}
