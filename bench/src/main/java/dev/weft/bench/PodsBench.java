package dev.weft.bench;

import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.ReplicaChange;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * From a Pod object to its annotations and its port in OVN's northbound database, in a lab that is
 * up: one at a time on an idle fabric, then many at once. The pods are bound to a node that does
 * not exist, so that the dataplane takes no part. Beside it, in the same run, as many ConfigMaps
 * are made: how fast this API server takes objects at all.
 *
 * <p>Arguments: {@code --pods N} (1000), {@code --json}.
 */
public final class PodsBench {
    private static final String NAMESPACE = "weft-bench";
    private static final String NOWHERE = "weft-bench-nowhere";
    private static final int IDLE_PODS = 50;
    private static final int CALLERS = 64;
    private static final long LIMIT_SECONDS = 600;

    private final KubernetesClient kube;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private PodsBench(KubernetesClient kube) {
        this.kube = kube;
    }

    /** When things about one pod were seen, in {@link System#nanoTime}. */
    private static final class Seen {
        private volatile long added;
        private volatile long annotated;
        private volatile long port;
        private final CountDownLatch complete = new CountDownLatch(2);
        private final CountDownLatch gone = new CountDownLatch(1);
    }

    /** Runs the benchmark against the lab that {@code WEFT_LAB} names. */
    public static void main(String[] arguments) throws Exception {
        int pods = Arguments.number(arguments, "--pods", 1000);
        Vertx vertx = Vertx.vertx();
        try (Lab lab = Lab.open(LabLayout.fromEnvironment());
                OvsdbClient northbound =
                        OvsdbClient.open(
                                vertx,
                                OvsdbOptions.of(
                                        lab.central().northboundRemote(),
                                        Northbound.MODEL.database()))) {
            new PodsBench(lab.kube()).run(northbound, pods).print(System.out, arguments);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private Report run(OvsdbClient northbound, int pods) throws Exception {
        var replica =
                northbound
                        .monitor(
                                MonitorSpec.builder()
                                        .table("Logical_Switch_Port", LogicalSwitchPort.NAME)
                                        .build())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
        replica.listen(this::portsChanged);
        kube.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(NAMESPACE)
                                .endMetadata()
                                .build())
                .unlock()
                .createOr(existing -> existing.update());
        var report = new Report("Pod object to annotations and port in NB");
        try (var _ = kube.pods().inNamespace(NAMESPACE).watch(new PodTimes())) {
            List<Seen> idle = new ArrayList<>();
            for (int i = 0; i < IDLE_PODS; i++) {
                idle.add(oneAlone("warm-" + i));
            }
            idle = idle.subList(IDLE_PODS / 2, IDLE_PODS);
            report.addTimes(
                    "one pod, event to port in NB (aim p50: 20 ms)",
                    times(idle, s -> s.port - s.added));
            report.addTimes("one pod, event to annotated", times(idle, s -> s.annotated - s.added));

            double objects = pods / seconds(() -> atOnce(pods, this::createConfigMap));
            long start = System.nanoTime();
            atOnce(pods, i -> create("burst-" + i));
            double created = (System.nanoTime() - start) / 1e9;
            List<Seen> burst = new ArrayList<>();
            for (int i = 0; i < pods; i++) {
                Seen s = seen("burst-" + i);
                await(s.complete, "burst-" + i);
                burst.add(s);
            }
            long last =
                    burst.stream()
                            .mapToLong(s -> Math.max(s.port, s.annotated))
                            .max()
                            .orElseThrow();
            double all = (last - start) / 1e9;
            report.add("pods at once", pods, "pods", CALLERS + " callers")
                    .add(
                            "API server alone, ConfigMaps created",
                            objects,
                            "/s",
                            "same run, same callers")
                    .add("pods created", pods / created, "/s", "while the fabric works")
                    .add(
                            "pods annotated and in NB (aim: 300)",
                            pods / all,
                            "/s",
                            "first create to last port and annotation")
                    .add("of what the API server takes alone", pods / all / objects, "x");
            report.addTimes("burst, event to port in NB", times(burst, s -> s.port - s.added));
            report.addTimes("burst, event to annotated", times(burst, s -> s.annotated - s.added));

            start = System.nanoTime();
            kube.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
            for (int i = 0; i < pods; i++) {
                await(seen("burst-" + i).gone, "deletion of burst-" + i);
            }
            report.add(
                    "pods deleted, ports gone from NB",
                    pods / ((System.nanoTime() - start) / 1e9),
                    "/s");
        } finally {
            kube.namespaces().withName(NAMESPACE).delete();
            kube.configMaps().inNamespace(NAMESPACE).delete();
        }
        return report;
    }

    private Seen oneAlone(String name) throws InterruptedException {
        create(name);
        Seen s = seen(name);
        await(s.complete, name);
        kube.pods().inNamespace(NAMESPACE).withName(name).withGracePeriod(0).delete();
        await(s.gone, "deletion of " + name);
        return s;
    }

    private void portsChanged(ReplicaChange change) {
        long now = System.nanoTime();
        for (var row : change.rows()) {
            var there = row.after() != null ? row.after() : row.before();
            if (there == null) {
                continue;
            }
            String port = there.get(LogicalSwitchPort.NAME);
            if (!port.endsWith("." + NAMESPACE)) {
                continue;
            }
            Seen s = seen(port.substring(0, port.length() - NAMESPACE.length() - 1));
            if (row.after() == null) {
                s.gone.countDown();
            } else if (s.port == 0) {
                s.port = now;
                s.complete.countDown();
            }
        }
    }

    private Seen seen(String pod) {
        return seen.computeIfAbsent(pod, name -> new Seen());
    }

    private final class PodTimes implements Watcher<Pod> {
        @Override
        public void eventReceived(Action action, Pod pod) {
            long now = System.nanoTime();
            Seen s = seen(pod.getMetadata().getName());
            if (action == Action.ADDED) {
                s.added = now;
            }
            var annotations = pod.getMetadata().getAnnotations();
            if (s.annotated == 0
                    && annotations != null
                    && annotations.containsKey("ovn.kubernetes.io/allocated")) {
                s.annotated = now;
                s.complete.countDown();
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            System.err.println("the benchmark's watch ended: " + cause.getMessage());
        }
    }

    private void create(String name) {
        kube.resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withNamespace(NAMESPACE)
                                .endMetadata()
                                .withNewSpec()
                                .withNodeName(NOWHERE)
                                .addNewContainer()
                                .withName("main")
                                .withImage("none")
                                .endContainer()
                                .endSpec()
                                .build())
                .create();
    }

    private void createConfigMap(int i) {
        kube.resource(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("floor-" + i)
                                .withNamespace(NAMESPACE)
                                .endMetadata()
                                .build())
                .create();
    }

    private static void atOnce(int count, IntConsumer task) throws InterruptedException {
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

    private interface Action {
        void run() throws Exception;
    }

    private static double seconds(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static long[] times(List<Seen> samples, java.util.function.ToLongFunction<Seen> time) {
        return samples.stream().mapToLong(time).map(nanos -> Math.max(0, nanos)).toArray();
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not within " + LIMIT_SECONDS + " s: " + what);
        }
    }
}
