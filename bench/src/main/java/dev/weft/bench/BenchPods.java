package dev.weft.bench;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Pods of benchmarks in a namespace of their own, bound to a node that does not exist unless
 * another is named, so that the dataplane takes no part.
 */
final class BenchPods implements AutoCloseable {
    static final String NAMESPACE = "weft-bench";
    static final int CALLERS = 64;

    private static final String NOWHERE = "weft-bench-nowhere";
    private static final String CORE = "/api/v1/namespaces/" + NAMESPACE;
    private static final String PODS = CORE + "/pods";
    private static final String CONFIG_MAPS = CORE + "/configmaps";

    private static final String POD =
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s"},"spec":{"nodeName":"%s",\
            "hostNetwork":%s,"containers":[{"name":"main","image":"none"}]}}""";

    /** As much as the fabric writes. */
    private static final String ANNOTATIONS =
            """
            {"metadata":{"annotations":{"bench/allocated":"true","bench/routed":"true",\
            "bench/ip_address":"10.16.0.2,fd00:10:16::2","bench/mac_address":"0a:00:00:00:00:01",\
            "bench/cidr":"10.16.0.0/16,fd00:10:16::/112","bench/gateway":"10.16.0.1,fd00:10:16::1",\
            "bench/logical_switch":"ovn-default","bench/logical_router":"ovn-cluster",\
            "bench/pod_nic_type":"veth-pair"}}}""";

    private static final String CONFIG_MAP =
            """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"subnet":"ovn-default",\
            "node":"%s","reserved":"false"}},"data":{"podName":"%1$s","namespace":"weft-bench",\
            "subnet":"ovn-default","ipAddress":"10.16.0.2,fd00:10:16::2","v4IpAddress":"10.16.0.2",\
            "v6IpAddress":"fd00:10:16::2","macAddress":"0a:00:00:00:00:01"}}""";

    private final KubernetesClient kube;
    private final RawKube raw;

    BenchPods(KubernetesClient kube) {
        this.kube = kube;
        this.raw = new RawKube(kube.getConfiguration());
        kube.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(NAMESPACE)
                                .endMetadata()
                                .build())
                .createOr(existing -> existing.update());
    }

    RawKube.Watch watch(Consumer<PodEvent> each) {
        return raw.watch(PODS, line -> each.accept(PodEvent.of(line)));
    }

    void create(String name) {
        create(name, NOWHERE);
    }

    void create(String name, String node) {
        raw.post(PODS, POD.formatted(name, node, false));
    }

    Pod get(String name) {
        return kube.pods().inNamespace(NAMESPACE).withName(name).get();
    }

    /**
     * What the API server has to do for one pod, without the fabric: a pod, annotations on it, and
     * another object. The pod is in its host's network, so that the fabric looks away.
     */
    void writesOfOnePod(int i) {
        String name = "floor-" + i;
        raw.post(PODS, POD.formatted(name, NOWHERE, true));
        raw.patch(PODS + "/" + name, ANNOTATIONS);
        raw.post(CONFIG_MAPS, CONFIG_MAP.formatted(name, NOWHERE));
    }

    void delete(String name) {
        raw.delete(PODS + "/" + name);
    }

    /** Takes away everything that was made. */
    @Override
    public void close() {
        raw.delete(PODS);
        raw.delete(CONFIG_MAPS);
        raw.close();
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
