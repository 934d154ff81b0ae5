package dev.weft.bench;

import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.ReplicaChange;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * From a Pod object to its annotations and its port in OVN's northbound database, in a lab that is
 * up: one at a time on an idle fabric, then many at once. The pods are bound to a node that does
 * not exist, so that the dataplane takes no part. Beside it, in the same run, the writes that a pod
 * costs are made without the fabric: how fast this API server takes pods at all.
 *
 * <p>Arguments: {@code --pods N} (1000), {@code --json}.
 */
public final class PodsBench {
    private static final int IDLE_PODS = 50;
    private static final int WARM_UP = 200;
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
        try (var _ = pods.watch(this::podChanged)) {
            List<Seen> idle = new ArrayList<>();
            for (int i = 0; i < IDLE_PODS; i++) {
                idle.add(oneAlone("warm-" + i));
            }
            idle = idle.subList(IDLE_PODS / 2, IDLE_PODS);
            report.addTimes(
                    "one pod, event to port in NB (aim p50: 20 ms)",
                    times(idle, s -> s.port - s.added));
            report.addTimes("one pod, event to annotated", times(idle, s -> s.annotated - s.added));

            delete(burst("first", Math.min(count, WARM_UP)));
            long start = System.nanoTime();
            BenchPods.atOnce(count, pods::writesOfOnePod);
            double alone = count / ((System.nanoTime() - start) / 1e9);
            start = System.nanoTime();
            List<String> names = burst("burst", count);
            List<Seen> burst = names.stream().map(this::seen).toList();
            double created = rate(burst, start, s -> s.added);
            double done = rate(burst, start, s -> Math.max(s.port, s.annotated));
            report.add("pods at once", count, "pods", BenchPods.CALLERS + " callers")
                    .add(
                            "API server alone, a pod's three writes",
                            alone,
                            "pods/s",
                            "same run, same callers")
                    .add("pods created", created, "pods/s", "while the fabric works")
                    .add(
                            "pods annotated and in NB (aim: 300)",
                            done,
                            "pods/s",
                            "first create to last port and annotation")
                    .add("of what the API server takes alone", done / alone, "x");
            report.addTimes("burst, event to port in NB", times(burst, s -> s.port - s.added));
            report.addTimes("burst, event to annotated", times(burst, s -> s.annotated - s.added));

            start = System.nanoTime();
            delete(names);
            report.add(
                    "pods deleted, ports gone from NB",
                    count / ((System.nanoTime() - start) / 1e9),
                    "pods/s");
        } finally {
            pods.close();
        }
        return report;
    }

    /** Creates pods at once and waits until the fabric has served all of them; their names. */
    private List<String> burst(String prefix, int count) throws InterruptedException {
        BenchPods.atOnce(count, i -> pods.create(prefix + "-" + i));
        List<String> names = IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        for (String name : names) {
            await(seen(name).complete, name);
        }
        return names;
    }

    private void delete(List<String> names) throws InterruptedException {
        BenchPods.atOnce(names.size(), i -> pods.delete(names.get(i)));
        for (String name : names) {
            await(seen(name).gone, "deletion of " + name);
        }
    }

    private static double rate(List<Seen> samples, long start, ToLongFunction<Seen> time) {
        long last = samples.stream().mapToLong(time).max().orElseThrow();
        return samples.size() / ((last - start) / 1e9);
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

    private void podChanged(PodEvent event) {
        long now = System.nanoTime();
        Seen s = seen(event.name());
        if (event.added()) {
            s.added = now;
        }
        if (s.annotated == 0 && event.allocated()) {
            s.annotated = now;
            s.complete.countDown();
        }
    }

    private static long[] times(List<Seen> samples, ToLongFunction<Seen> time) {
        return samples.stream().mapToLong(time).map(nanos -> Math.max(0, nanos)).toArray();
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not within " + LIMIT_SECONDS + " s: " + what);
        }
    }
}
