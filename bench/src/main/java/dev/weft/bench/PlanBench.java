package dev.weft.bench;

import dev.weft.ovn.Applied;
import dev.weft.ovn.ChangeSet;
import dev.weft.ovn.Desired;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.OvnOptions;
import dev.weft.ovn.Owner;
import dev.weft.ovn.Planner;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The engine of libs/ovn on a northbound database of 25,000 ports in a real server of its own: what
 * it looks at and sends for one port more, one port less and no change; how fast it fills the
 * database; and what a restart costs, when every owner is stated again and nothing has changed.
 *
 * <p>Arguments: {@code --ports N} (25000), {@code --json}.
 */
public final class PlanBench {
    private static final int PORTS_PER_SWITCH = 1000;
    private static final int PLANS = 5000;
    private static final int APPLIES = 1000;

    private final OvnDatabase database;
    private final Planner planner = new Planner(Northbound.MODEL);
    private final int ports;
    private final Report report;

    private PlanBench(OvnDatabase database, int ports) {
        this.database = database;
        this.ports = ports;
        this.report = new Report("libs/ovn on a northbound database of " + ports + " ports");
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws Exception {
        int ports = Arguments.number(arguments, "--ports", 25_000);
        Vertx vertx = Vertx.vertx();
        try (OvsdbServer server = OvsdbServer.northbound()) {
            var options =
                    OvnOptions.of(server.unix(), Northbound.MODEL, "bench").withLock("weft_bench");
            try (OvnDatabase database = await(OvnDatabase.open(vertx, options))) {
                await(database.lock().orElseThrow().whenHeld());
                new PlanBench(database, ports).run().print(System.out, arguments);
            }
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private static Desired subnet(int number) {
        return Desired.of(
                new Owner("bench", "Subnet", "subnet-" + number),
                RowSpec.of(LogicalSwitch.TABLE, "subnet-" + number));
    }

    private static Owner owner(int number) {
        return new Owner("bench", "Pod", "shop-%d/web-%d".formatted(number % 40, number));
    }

    private Desired pod(int number) {
        int subnets = Math.max(1, ports / PORTS_PER_SWITCH);
        String address =
                "0a:00:00:%02x:%02x:%02x 10.16.%d.%d fd00:10:16::%x"
                        .formatted(
                                number >> 16 & 255,
                                number >> 8 & 255,
                                number & 255,
                                number >> 8 & 255,
                                number & 255,
                                number);
        return Desired.of(
                owner(number),
                RowSpec.of(LogicalSwitchPort.TABLE, "web-%d.shop-%d".formatted(number, number % 40))
                        .memberOf(
                                LogicalSwitch.PORTS,
                                RowRef.of(LogicalSwitch.TABLE, "subnet-" + number % subnets))
                        .with(LogicalSwitchPort.ADDRESSES, Set.of(address))
                        .with(LogicalSwitchPort.PORT_SECURITY, Set.of(address))
                        .withEntries(
                                LogicalSwitchPort.EXTERNAL_IDS,
                                Map.of("vendor", "kube-ovn", "ls", "subnet-" + number % subnets)));
    }

    private Report run() throws Exception {
        fill();
        planning("one port added", number -> pod(ports + number));
        planning("no change", number -> pod(number % ports));
        planning("one port removed", number -> Desired.nothing(owner(number % ports)));
        applying();
        restart();
        return report;
    }

    private void fill() throws Exception {
        for (int i = 0; i < Math.max(1, ports / PORTS_PER_SWITCH); i++) {
            await(database.apply(subnet(i)));
        }
        long before = database.statistics().transactions();
        long start = System.nanoTime();
        await(Future.all(IntStream.range(0, ports).mapToObj(i -> database.apply(pod(i))).toList()));
        double seconds = (System.nanoTime() - start) / 1e9;
        report.add("all ports stated at once", ports / seconds, "ports/s", "until the last commit")
                .add(
                        "all ports stated at once, transactions",
                        database.statistics().transactions() - before,
                        "");
    }

    private void planning(String what, IntFunction<Desired> desired) {
        List<Desired> wishes = IntStream.range(0, PLANS).mapToObj(desired).toList();
        wishes.forEach(this::plan); // for the compiler of the JVM
        long[] nanos = new long[PLANS];
        for (int i = 0; i < PLANS; i++) {
            long start = System.nanoTime();
            plan(wishes.get(i));
            nanos[i] = System.nanoTime() - start;
        }
        var view =
                database.read(
                        all -> {
                            var counting = new CountingView(all);
                            planner.plan(wishes.getFirst(), counting);
                            return counting;
                        });
        Percentiles times = Percentiles.of(nanos);
        report.add(
                        what + ", rows looked at",
                        view.rows(),
                        "rows",
                        view.questions() + " index look-ups")
                .add(what + ", time to ChangeSet, p50", times.at(50) / 1e3, "us")
                .add(what + ", time to ChangeSet, p99", times.at(99) / 1e3, "us");
    }

    private ChangeSet plan(Desired desired) {
        return database.plan(desired);
    }

    private void applying() throws Exception {
        var before = database.client().statistics();
        long[] nanos = new long[APPLIES];
        for (int i = 0; i < APPLIES; i++) {
            Desired desired = pod(ports + i);
            long start = System.nanoTime();
            if (!(await(database.apply(desired)) instanceof Applied.Written)) {
                throw new IllegalStateException(desired.owner() + " was not written");
            }
            nanos[i] = System.nanoTime() - start;
        }
        var after = database.client().statistics();
        report.addTimes("one port added, until committed", nanos)
                .add(
                        "one port added, sent",
                        (double) (after.bytesSent() - before.bytesSent()) / APPLIES,
                        "bytes",
                        (after.transactions() - before.transactions()) / APPLIES + " transaction");
    }

    private void restart() throws Exception {
        long before = database.statistics().transactions();
        long start = System.nanoTime();
        await(Future.all(IntStream.range(0, ports).mapToObj(i -> database.apply(pod(i))).toList()));
        report.add("all ports stated again", (System.nanoTime() - start) / 1e6, "ms")
                .add(
                        "all ports stated again, write transactions",
                        database.statistics().transactions() - before,
                        "",
                        "aim: 0");
    }
}
