package dev.weft.bench;

import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Poll;
import dev.weft.lab.part.Service;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Replica;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Each control service of a lab that is up killed and started again while many pods hold addresses:
 * time to ready, and what was written to NB and to pods although nothing changed.
 *
 * <p>Arguments: {@code --pods N} (10000), {@code --json}.
 */
public final class RestartBench {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private RestartBench() {}

    /** Runs the benchmark against the lab that {@code WEFT_LAB} names. */
    public static void main(String[] arguments) throws Exception {
        int count = Arguments.number(arguments, "--pods", 10_000);
        Vertx vertx = Vertx.vertx();
        try (Lab lab = Lab.open(LabLayout.fromEnvironment());
                OvsdbClient northbound =
                        OvsdbClient.open(
                                vertx,
                                OvsdbOptions.of(
                                        lab.central().northboundRemote(),
                                        Northbound.MODEL.database()))) {
            run(lab, northbound, count).print(System.out, arguments);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static Report run(Lab lab, OvsdbClient northbound, int count) throws Exception {
        var report = new Report("Restart of a control service with " + count + " pods");
        var pods = new BenchPods(lab.kube());
        var writes = new LongAdder();
        var annotated = new Annotated();
        var replica =
                northbound
                        .monitor(
                                MonitorSpec.builder()
                                        .table("Logical_Switch_Port", LogicalSwitchPort.NAME)
                                        .table("Logical_Switch")
                                        .table("Logical_Router")
                                        .table("Logical_Router_Port")
                                        .build())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
        replica.listen(change -> writes.increment());
        int others = ports(replica);
        // what northd and the nodes would do with so many ports is not what is measured
        LabProcess northd = lab.process("ovn-northd");
        northd.kill();
        try (var _ = pods.watch(annotated::accept)) {
            long from = System.nanoTime();
            BenchPods.atOnce(count, i -> pods.create("restart-" + i));
            Poll.until("addresses of all pods", LIMIT, () -> annotated.pods.size() >= count);
            Poll.until("ports of all pods", LIMIT, () -> ports(replica) >= others + count);
            report.add(
                    "pods made, addresses and ports included",
                    count / ((System.nanoTime() - from) / 1e9),
                    "pods/s");
            for (Service service : lab.services()) {
                TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
                writes.reset();
                annotated.changes.reset();
                service.process().kill();
                long start = System.nanoTime();
                service.process().start();
                report.add(
                        service.process().name() + ", start to ready",
                        (System.nanoTime() - start) / 1e6,
                        "ms",
                        "JVM");
                TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
                report.add(service.process().name() + ", changes of NB", writes.sum(), "", "aim 0")
                        .add(
                                service.process().name() + ", changes of pods",
                                annotated.changes.sum(),
                                "",
                                "aim 0");
            }
        } finally {
            BenchPods.atOnce(count, i -> pods.delete("restart-" + i));
            Poll.until("no ports of these pods", LIMIT, () -> ports(replica) <= others);
            pods.close();
            northd.start();
        }
        return report;
    }

    private static int ports(Replica replica) {
        return replica.read(view -> view.rows("Logical_Switch_Port").size());
    }

    /** Which pods have their addresses, and how often any pod changed. */
    private static final class Annotated {
        private final Set<String> pods = ConcurrentHashMap.newKeySet();
        private final LongAdder changes = new LongAdder();

        private void accept(PodEvent event) {
            changes.increment();
            if (event.allocated()) {
                pods.add(event.name());
            }
        }
    }
}
