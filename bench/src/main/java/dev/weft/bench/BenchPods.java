package dev.weft.bench;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/**
 * Pods of benchmarks in a namespace of their own, bound to a node that does not exist unless
 * another is named, so that the dataplane takes no part.
 */
final class BenchPods {
    static final String NAMESPACE = "weft-bench";
    static final String NOWHERE = "weft-bench-nowhere";
    static final int CALLERS = 64;

    private final KubernetesClient kube;

    BenchPods(KubernetesClient kube) {
        this.kube = kube;
        kube.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(NAMESPACE)
                                .endMetadata()
                                .build())
                .createOr(existing -> existing.update());
    }

    Watch watch(Watcher<Pod> watcher) {
        return kube.pods().inNamespace(NAMESPACE).watch(watcher);
    }

    Pod create(String name) {
        return create(name, NOWHERE);
    }

    Pod create(String name, String node) {
        return kube.resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withNamespace(NAMESPACE)
                                .endMetadata()
                                .withNewSpec()
                                .withNodeName(node)
                                .addNewContainer()
                                .withName("main")
                                .withImage("none")
                                .endContainer()
                                .endSpec()
                                .build())
                .create();
    }

    Pod get(String name) {
        return kube.pods().inNamespace(NAMESPACE).withName(name).get();
    }

    /** An object that nobody looks at: what the API server alone costs. */
    void createConfigMap(int i) {
        kube.resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("floor-" + i)
                                .withNamespace(NAMESPACE)
                                .endMetadata()
                                .build())
                .create();
    }

    void delete(String name) {
        kube.pods().inNamespace(NAMESPACE).withName(name).withGracePeriod(0).delete();
    }

    /** Deletes all pods in one request. */
    void deleteAll() {
        kube.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
    }

    /** Takes away everything that was made. */
    void removeAll() {
        deleteAll();
        kube.configMaps().inNamespace(NAMESPACE).delete();
    }

    /** Does the task for 0 to {@code count - 1}, {@link #CALLERS} at a time. */
    static void atOnce(int count, IntConsumer task) throws InterruptedException {
        var places = new Semaphore(CALLERS);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int index = i;
                places.acquire();
                executor.execute(
                        () -> {
                            try {
                                task.accept(index);
                            } finally {
                                places.release();
                            }
                        });
            }
        }
    }
}
