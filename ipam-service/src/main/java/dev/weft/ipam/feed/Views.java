package dev.weft.ipam.feed;

import dev.weft.bus.FeedConsumer;
import dev.weft.bus.FeedView;
import dev.weft.bus.Feeds;
import dev.weft.bus.SnapshotSource;
import dev.weft.kube.AttachmentView;
import dev.weft.kube.NamespaceView;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.StatefulSetView;
import dev.weft.kube.VmView;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.IpPool;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.Vip;
import dev.weft.kube.v1.Vpc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** This service's copies of the feeds that it reads. */
@ApplicationScoped
public class Views {

    private final FeedConsumer consumer = new FeedConsumer();
    private final FeedView<PodView> pods;
    private final FeedView<NodeView> nodes;
    private final FeedView<NamespaceView> namespaces;
    private final FeedView<Subnet> subnets;
    private final FeedView<Ip> ips;
    private final FeedView<Vpc> vpcs;
    private final FeedView<IpPool> pools;
    private final FeedView<Vip> vips;
    private final FeedView<StatefulSetView> statefulSets;
    private final FeedView<VmView> machines;
    private final FeedView<VmView> machineInstances;
    private final FeedView<AttachmentView> attachments;

    Views(SnapshotSource relay) {
        pods = consumer.register(new FeedView<>(Feeds.POD, PodView.class, relay));
        nodes = consumer.register(new FeedView<>(Feeds.NODE, NodeView.class, relay));
        namespaces = consumer.register(new FeedView<>(Feeds.NAMESPACE, NamespaceView.class, relay));
        subnets = consumer.register(new FeedView<>(Feeds.SUBNET, Subnet.class, relay));
        ips = consumer.register(new FeedView<>(Feeds.IP, Ip.class, relay));
        vpcs = consumer.register(new FeedView<>(Feeds.VPC, Vpc.class, relay));
        pools = consumer.register(new FeedView<>(Feeds.IP_POOL, IpPool.class, relay));
        vips = consumer.register(new FeedView<>(Feeds.VIP, Vip.class, relay));
        statefulSets =
                consumer.register(new FeedView<>(Feeds.STATEFUL_SET, StatefulSetView.class, relay));
        machines = consumer.register(new FeedView<>(Feeds.VM, VmView.class, relay));
        machineInstances =
                consumer.register(new FeedView<>(Feeds.VM_INSTANCE, VmView.class, relay));
        attachments =
                consumer.register(new FeedView<>(Feeds.ATTACHMENT, AttachmentView.class, relay));
    }

    /** Loads the first snapshots; completes when every view has its own. */
    public CompletableFuture<Void> start() {
        consumer.start();
        return CompletableFuture.allOf(
                consumer.views().stream()
                        .map(FeedView::ready)
                        .toArray(CompletableFuture<?>[]::new));
    }

    /** Takes a message from the broker. */
    public void accept(byte[] message) {
        consumer.accept(message);
    }

    /** Pods by {@code namespace/name}. */
    public FeedView<PodView> pods() {
        return pods;
    }

    /** Nodes by name. */
    public FeedView<NodeView> nodes() {
        return nodes;
    }

    /** Namespaces by name. */
    public FeedView<NamespaceView> namespaces() {
        return namespaces;
    }

    /** Subnets by name. */
    public FeedView<Subnet> subnets() {
        return subnets;
    }

    /** {@code IP} objects by name, which is that of the port. */
    public FeedView<Ip> ips() {
        return ips;
    }

    /** VPCs by name. */
    public FeedView<Vpc> vpcs() {
        return vpcs;
    }

    /** IPPools by name. */
    public FeedView<IpPool> pools() {
        return pools;
    }

    /** Vips by name. */
    public FeedView<Vip> vips() {
        return vips;
    }

    /** StatefulSets by {@code namespace/name}. */
    public FeedView<StatefulSetView> statefulSets() {
        return statefulSets;
    }

    /** KubeVirt's machines, running or not, by {@code namespace/name}. */
    public FeedView<VmView> machines() {
        return machines;
    }

    /** KubeVirt's running machines by {@code namespace/name}. */
    public FeedView<VmView> machineInstances() {
        return machineInstances;
    }

    /** Network attachment definitions by {@code namespace/name}. */
    public FeedView<AttachmentView> attachments() {
        return attachments;
    }

    /** The labels of a namespace, none when it is not known. */
    public Map<String, String> namespaceLabels(String namespace) {
        return namespaces.get(namespace).map(NamespaceView::labels).orElse(Map.of());
    }
}
