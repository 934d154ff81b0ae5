package dev.weft.ipam.feed;

import dev.weft.bus.FeedConsumer;
import dev.weft.bus.FeedView;
import dev.weft.bus.Feeds;
import dev.weft.bus.SnapshotSource;
import dev.weft.kube.NamespaceView;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.Subnet;
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

    Views(SnapshotSource relay) {
        pods = consumer.register(new FeedView<>(Feeds.POD, PodView.class, relay));
        nodes = consumer.register(new FeedView<>(Feeds.NODE, NodeView.class, relay));
        namespaces = consumer.register(new FeedView<>(Feeds.NAMESPACE, NamespaceView.class, relay));
        subnets = consumer.register(new FeedView<>(Feeds.SUBNET, Subnet.class, relay));
        ips = consumer.register(new FeedView<>(Feeds.IP, Ip.class, relay));
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

    /** The labels of a namespace, none when it is not known. */
    public Map<String, String> namespaceLabels(String namespace) {
        return namespaces.get(namespace).map(NamespaceView::labels).orElse(Map.of());
    }
}
