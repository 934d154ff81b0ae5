package dev.weft.lab.runner;

import dev.weft.bus.Backoff;
import dev.weft.bus.LoopOptions;
import dev.weft.bus.ReconcileLoop;
import dev.weft.lab.LabLayout;
import dev.weft.lab.LabState;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process that stands in for scheduler, kubelet and container runtime of every node of a lab.
 * Argument: the lab's name.
 */
public final class PodRunnerMain {
    /**
     * Most of them wait for their address or for OVN: the node daemons bound what is really done at
     * a time.
     */
    private static final int PODS_AT_ONCE = 128;

    /** Short: how fast a pod is up after an outage shall say something of ours, not of this. */
    private static final Backoff AGAIN =
            Backoff.between(Duration.ofMillis(50), Duration.ofSeconds(1));

    private PodRunnerMain() {}

    /** Runs until it is killed; started again it goes on where it was. */
    public static void main(String[] arguments) throws Exception {
        LabLayout layout = new LabLayout(arguments[0]);
        Path folder = layout.file("runner");
        Config config = Config.fromKubeconfig(layout.kubeconfig().toFile());
        // doubled five times at most: the watches come back soon after the API server
        config.setWatchReconnectInterval(100);
        try (KubernetesClient kube = new KubernetesClientBuilder().withConfig(config).build()) {
            run(layout, kube, new Sandboxes(folder.resolve("sandboxes")), folder.resolve("ready"));
        }
    }

    private static void run(
            LabLayout layout, KubernetesClient kube, Sandboxes sandboxes, Path ready)
            throws Exception {
        SharedIndexInformer<Node> nodes = kube.nodes().inform();
        SharedIndexInformer<Pod> pods = kube.pods().inAnyNamespace().runnableInformer(0);
        PodSource source =
                key ->
                        Optional.ofNullable(
                                        pods.getStore()
                                                .getByKey(key.namespace() + "/" + key.name()))
                                .filter(pod -> pod.getMetadata().getUid().equals(key.uid()));
        PodWorker worker =
                new PodWorker(
                        layout,
                        source,
                        sandboxes,
                        new Cni(layout, CniPlugins.of(layout)),
                        new Binder(kube, hasRealApi(layout), () -> nodes.getStore().list()),
                        new PodReporter(kube, name -> address(nodes.getStore().getByKey(name))));
        LoopOptions options =
                LoopOptions.named("lab.pod").withParallelism(PODS_AT_ONCE).withBackoff(AGAIN);
        try (ReconcileLoop<PodKey> loop = new ReconcileLoop<>(options, worker::reconcile)) {
            pods.addEventHandler(handler(layout, loop));
            pods.start().toCompletableFuture().join();
            // what the last run made for pods that were deleted meanwhile
            sandboxes.all().forEach(sandbox -> loop.submit(sandbox.pod()));
            Files.writeString(ready, "");
            Thread.currentThread().join();
        }
    }

    private static boolean hasRealApi(LabLayout layout) {
        return LabState.read(layout)
                .map(state -> state.kube() == LabState.KubeMode.REAL)
                .orElse(true);
    }

    private static ResourceEventHandler<Pod> handler(LabLayout layout, ReconcileLoop<PodKey> loop) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                submit(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                submit(pod);
                if (!PodKey.of(before).equals(PodKey.of(pod))) {
                    submit(before);
                }
            }

            @Override
            public void onDelete(Pod pod, boolean finalStateUnknown) {
                submit(pod);
            }

            private void submit(Pod pod) {
                if (ours(layout, pod.getSpec().getNodeName())) {
                    loop.submit(PodKey.of(pod));
                }
            }
        };
    }

    /** A kubelet looks after its own node's pods, and pods without a node are ours to bind. */
    private static boolean ours(LabLayout layout, @Nullable String node) {
        return node == null || node.isEmpty() || Files.isDirectory(layout.node(node));
    }

    private static String address(@Nullable Node node) {
        return node == null
                ? ""
                : node.getStatus().getAddresses().stream()
                        .filter(address -> address.getType().equals("InternalIP"))
                        .map(address -> address.getAddress())
                        .findFirst()
                        .orElse("");
    }
}
