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

    /** Addresses leased ({@link LeaseView}), key = port name. Producer: ipam-service. */
    public static final String LEASE = "ipam.lease";

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
