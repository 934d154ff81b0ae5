package dev.weft.ipam.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Feeds;
import dev.weft.bus.Json;
import dev.weft.bus.SnapshotHeader;
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
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jspecify.annotations.Nullable;

/**
 * A relay in the small: watches the API server of the test and passes on what changes, if asked to
 * in a disorderly way.
 */
@Alternative
@Priority(1)
@Singleton
public class TestRelay implements SnapshotSource {

    private final InMemoryConnector broker;
    private final UUID epoch = UUID.randomUUID();
    private final Map<String, Map<String, JsonNode>> contents = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final KubernetesClient client;
    private @Nullable RandomGenerator disorder;
    private boolean watching;

    TestRelay(@Connector("smallrye-in-memory") InMemoryConnector broker, KubernetesClient client) {
        this.broker = broker;
        this.client = client;
    }

    private synchronized void watch() {
        if (watching) {
            return;
        }
        watching = true;
        watch(Feeds.POD, client.pods().inAnyNamespace(), pod -> PodView.of(pod).key(), PodView::of);
        watch(Feeds.NODE, client.nodes(), node -> node.getMetadata().getName(), NodeView::of);
        watch(
                Feeds.NAMESPACE,
                client.namespaces(),
                ns -> ns.getMetadata().getName(),
                NamespaceView::of);
        watch(Feeds.SUBNET, client.resources(Subnet.class), s -> s.getMetadata().getName(), s -> s);
        watch(Feeds.IP, client.resources(Ip.class), ip -> ip.getMetadata().getName(), ip -> ip);
        watch(Feeds.VPC, client.resources(Vpc.class), vpc -> vpc.getMetadata().getName(), v -> v);
        watch(
                Feeds.IP_POOL,
                client.resources(IpPool.class),
                p -> p.getMetadata().getName(),
                p -> p);
        watch(Feeds.VIP, client.resources(Vip.class), vip -> vip.getMetadata().getName(), v -> v);
        watch(
                Feeds.STATEFUL_SET,
                client.apps().statefulSets().inAnyNamespace(),
                set -> StatefulSetView.of(set).key(),
                StatefulSetView::of);
        watch(
                Feeds.VM,
                generic("kubevirt.io", "VirtualMachine"),
                o -> VmView.of(o).key(),
                VmView::of);
        watch(
                Feeds.VM_INSTANCE,
                generic("kubevirt.io", "VirtualMachineInstance"),
                o -> VmView.of(o).key(),
                VmView::of);
        watch(
                Feeds.ATTACHMENT,
                generic("k8s.cni.cncf.io", "NetworkAttachmentDefinition"),
                o -> AttachmentView.of(o).key(),
                AttachmentView::of);
    }

    private AnyNamespaceOperation<GenericKubernetesResource, ?, ?> generic(
            String group, String kind) {
        return Cluster.generic(client, group, kind).inAnyNamespace();
    }

    private <T extends HasMetadata> void watch(
            String feed,
            AnyNamespaceOperation<T, ?, ?> objects,
            Function<T, String> key,
            Function<T, Object> view) {
        objects.list(); // fails when the kind cannot be read
        objects.watch(
                new Watcher<T>() {
                    @Override
                    public void eventReceived(Action action, T object) {
                        // the server of the test tells of a deletion that finalizers hold back as
                        // if it were done
                        boolean heldBack = !object.getMetadata().getFinalizers().isEmpty();
                        if (action == Action.DELETED && !heldBack) {
                            changed(feed, key.apply(object), null);
                        } else if (action != Action.BOOKMARK && action != Action.ERROR) {
                            changed(
                                    feed,
                                    key.apply(object),
                                    Json.mapper().valueToTree(view.apply(object)));
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                });
    }

    /** From now on messages are lost, doubled and swapped, by chance; null for good order again. */
    public synchronized void disorder(@Nullable RandomGenerator by) {
        disorder = by;
    }

    private synchronized void changed(String feed, String key, @Nullable JsonNode object) {
        var of = contents.computeIfAbsent(feed, _ -> new LinkedHashMap<>());
        if (object == null) {
            if (of.remove(key) == null) {
                return;
            }
        } else if (object.equals(of.put(key, object))) {
            return;
        }
        long position = positions.merge(feed, 1L, Long::sum);
        var message =
                object == null
                        ? FeedMessage.delete(feed, epoch, position, key)
                        : FeedMessage.upsert(feed, epoch, position, key, object);
        send(feed, message.toBytes());
    }

    private void send(String feed, byte[] message) {
        var channel = broker.<byte[]>source(feed.replace('.', '-'));
        if (disorder == null) {
            channel.send(message);
            return;
        }
        switch (disorder.nextInt(6)) {
            case 0 -> {} // lost
            case 1 -> {
                channel.send(message);
                channel.send(message);
            }
            default -> channel.send(message);
        }
    }

    /** Tells where each feed stands, as the relay does after the last message. */
    public synchronized void beacon() {
        positions.forEach(
                (feed, position) ->
                        broker.<byte[]>source(feed.replace('.', '-'))
                                .send(FeedMessage.beacon(feed, epoch, position).toBytes()));
    }

    @Override
    public synchronized SnapshotHeader read(String feed, BiConsumer<String, JsonNode> entries) {
        watch();
        contents.getOrDefault(feed, Map.of()).forEach(entries);
        return new SnapshotHeader(feed, epoch, positions.getOrDefault(feed, 0L));
    }
}
