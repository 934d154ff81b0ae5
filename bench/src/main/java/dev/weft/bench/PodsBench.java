package dev.weft.bench;

import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.ReplicaChange;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * From a Pod object to its annotations and its port in OVN's northbound database, in a lab that is
 * up: one at a time on an idle fabric, then many at once. The pods are bound to a node that does
 * not exist, so that the dataplane takes no part. Beside it, in the same run, as many ConfigMaps
 * are made: how fast this API server takes objects at all.
 *
 * <p>Arguments: {@code --pods N} (1000), {@code --json}.
 */
public final class PodsBench {
    private static final int IDLE_PODS = 50;
    private static final long LIMIT_SECONDS = 600;

    private final BenchPods pods;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private PodsBench(BenchPods pods) {
        this.pods = pods;
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
        int count = Arguments.number(arguments, "--pods", 1000);
        Vertx vertx = Vertx.vertx();
        try (Lab lab = Lab.open(LabLayout.fromEnvironment());
                OvsdbClient northbound =
                        OvsdbClient.open(
                                vertx,
                                OvsdbOptions.of(
                                        lab.central().northboundRemote(),
                                        Northbound.MODEL.database()))) {
            new PodsBench(new BenchPods(lab.kube()))
                    .run(northbound, count)
                    .print(System.out, arguments);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private Report run(OvsdbClient northbound, int count) throws Exception {
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
        var report = new Report("Pod object to annotations and port in NB");
        try (var _ = pods.watch(new PodTimes())) {
            List<Seen> idle = new ArrayList<>();
            for (int i = 0; i < IDLE_PODS; i++) {
                idle.add(oneAlone("warm-" + i));
            }
            idle = idle.subList(IDLE_PODS / 2, IDLE_PODS);
            report.addTimes(
                    "one pod, event to port in NB (aim p50: 20 ms)",
                    times(idle, s -> s.port - s.added));
            report.addTimes("one pod, event to annotated", times(idle, s -> s.annotated - s.added));

            double objects = count / seconds(() -> BenchPods.atOnce(count, pods::createConfigMap));
            long start = System.nanoTime();
            BenchPods.atOnce(count, i -> pods.create("burst-" + i));
            double created = (System.nanoTime() - start) / 1e9;
            List<Seen> burst = new ArrayList<>();
            for (int i = 0; i < count; i++) {
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
            report.add("pods at once", count, "pods", BenchPods.CALLERS + " callers")
                    .add(
                            "API server alone, ConfigMaps created",
                            objects,
                            "/s",
                            "same run, same callers")
                    .add("pods created", count / created, "/s", "while the fabric works")
                    .add(
                            "pods annotated and in NB (aim: 300)",
                            count / all,
                            "/s",
                            "first create to last port and annotation")
                    .add("of what the API server takes alone", count / all / objects, "x");
            report.addTimes("burst, event to port in NB", times(burst, s -> s.port - s.added));
            report.addTimes("burst, event to annotated", times(burst, s -> s.annotated - s.added));

            start = System.nanoTime();
            pods.deleteAll();
            for (int i = 0; i < count; i++) {
                await(seen("burst-" + i).gone, "deletion of burst-" + i);
            }
            report.add(
                    "pods deleted, ports gone from NB",
                    count / ((System.nanoTime() - start) / 1e9),
                    "/s");
        } finally {
            pods.removeAll();
        }
        return report;
    }

    private Seen oneAlone(String name) throws InterruptedException {
        pods.create(name);
        Seen s = seen(name);
        await(s.complete, name);
        pods.delete(name);
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
            if (!port.endsWith("." + BenchPods.NAMESPACE)) {
                continue;
            }
            Seen s = seen(port.substring(0, port.length() - BenchPods.NAMESPACE.length() - 1));
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
