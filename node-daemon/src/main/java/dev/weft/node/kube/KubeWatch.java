package dev.weft.node.kube;

import dev.weft.kube.Annotations;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.SubnetDefaults;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.v1.Subnet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three watches: this node's pods, its Node, and the subnets. Objects are trimmed on arrival to
 * what the daemon needs; the informers keep nothing but keys and versions.
 */
public final class KubeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubeWatch.class);

    private final KubernetesClient client;
    private final String nodeName;
    private final PodStore pods = new PodStore();
    private final SubnetStore subnets = new SubnetStore();
    private final Runnable onNodeOrSubnet;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private volatile @Nullable NodeView node;
    private volatile boolean synced;

    /**
     * @param onNodeOrSubnet called after each change of the Node or of a subnet; must not block
     */
    public KubeWatch(KubernetesClient client, String nodeName, Runnable onNodeOrSubnet) {
        this.client = client;
        this.nodeName = nodeName;
        this.onNodeOrSubnet = onNodeOrSubnet;
    }

    /** Begins; goes on trying for as long as the API server cannot be reached. */
    public void start() {
        var podsListed =
                watch(
                        Pod.class,
                        client.pods().inAnyNamespace().withField("spec.nodeName", nodeName),
                        this::podChanged,
                        gone -> pods.remove(PodView.of(gone).key()));
        var nodeListed =
                watch(
                        Node.class,
                        client.nodes().withField("metadata.name", nodeName),
                        changed -> nodeChanged(NodeView.of(changed)),
                        _ -> nodeChanged(null));
        var subnetsListed =
                watch(
                        Subnet.class,
                        client.resources(Subnet.class),
                        this::subnetChanged,
                        gone -> {
                            subnets.remove(gone.getMetadata().getName());
                            onNodeOrSubnet.run();
                        });
        CompletableFuture.allOf(podsListed, nodeListed, subnetsListed)
                .thenRun(
                        () -> {
                            synced = true;
                            onNodeOrSubnet.run();
                        });
    }

    public PodStore pods() {
        return pods;
    }

    public SubnetStore subnets() {
        return subnets;
    }

    /** Our Node; empty until it is known. */
    public Optional<NodeView> node() {
        return Optional.ofNullable(node);
    }

    /**
     * Whether all that existed at the start has been taken in. Before that nothing may be taken
     * away on the node because it is not known here.
     */
    public boolean hasSynced() {
        return synced;
    }

    /**
     * Writes the annotation that says by which name the node is known in OVN, unless it says so.
     */
    public void announceChassis(String systemId) {
        String key = Annotations.of(Annotations.CHASSIS);
        NodeView known = node;
        if (known == null || systemId.equals(known.annotations().get(key))) {
            return;
        }
        Node patch =
                new NodeBuilder()
                        .withNewMetadata()
                        .withName(nodeName)
                        .withAnnotations(Map.of(key, systemId))
                        .endMetadata()
                        .build();
        // the object, not a resource by name, which the client would read first
        client.resource(patch)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(patch));
        LOG.info("node {} is chassis {}", nodeName, systemId);
    }

    /**
     * An embedded API server may not know the field selector, so the node is looked at here too.
     */
    private void podChanged(Pod pod) {
        PodView view = PodView.of(pod);
        if (nodeName.equals(view.nodeName())) {
            pods.put(view);
        }
    }

    private void nodeChanged(@Nullable NodeView now) {
        node = now;
        onNodeOrSubnet.run();
    }

    private void subnetChanged(Subnet subnet) {
        String name = subnet.getMetadata().getName();
        switch (SubnetDefaults.resolve(subnet.getSpec(), name)) {
            case SubnetResolution.Valid(var resolved) -> subnets.put(resolved);
            // what was valid before is kept: a slip of the pen must not cut the node off
            case SubnetResolution.Invalid invalid ->
                    LOG.warn("subnet {} is not taken in: {}", name, invalid);
        }
        onNodeOrSubnet.run();
    }

    /** Completes when every object of the first list has gone through {@code changed}. */
    private <T extends HasMetadata> CompletableFuture<Void> watch(
            Class<T> type, Informable<T> what, Consumer<T> changed, Consumer<T> gone) {
        SharedIndexInformer<T> informer = what.runnableInformer(0);
        informer.itemStore(
                new ReducedStateItemStore<>(
                        ReducedStateItemStore.NAME_KEY_STATE,
                        type,
                        client.getKubernetesSerialization()));
        informer.exceptionHandler(
                (started, e) -> {
                    LOG.warn("watch of {} broke, going on: {}", type.getSimpleName(), e.toString());
                    return true;
                });
        informer.addEventHandler(
                new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(T object) {
                        changed.accept(object);
                    }

                    @Override
                    public void onUpdate(T before, T object) {
                        changed.accept(object);
                    }

                    @Override
                    public void onDelete(T object, boolean finalStateUnknown) {
                        gone.accept(object);
                    }
                });
        informers.add(informer);
        return informer.start().toCompletableFuture();
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
