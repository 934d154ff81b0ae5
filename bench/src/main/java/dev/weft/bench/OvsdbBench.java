package dev.weft.bench;

import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.TransactionResult;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * libs/ovsdb on a northbound database of 25,000 ports in a real server of its own: transactions
 * that each add one port, beside the same bytes on a bare socket and beside {@code ovn-nbctl} in
 * daemon mode; and what a replica of it costs.
 *
 * <p>Arguments: {@code --ports N} (25000), {@code --json}.
 */
public final class OvsdbBench {
    private static final int WARM_UP = 2000;
    private static final int ONE_BY_ONE = 2000;
    private static final int AT_ONCE = 6000;
    private static final int WINDOW = 64;
    private static final int NBCTL_CALLS = 60;

    private final Vertx vertx;
    private final OvsdbServer server;
    private final NorthboundRows rows = new NorthboundRows();
    private final Report report;

    private OvsdbBench(Vertx vertx, OvsdbServer server, int ports) {
        this.vertx = vertx;
        this.server = server;
        this.report = new Report("libs/ovsdb on a northbound database of " + ports + " ports");
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws Exception {
        int ports = Arguments.number(arguments, "--ports", 25_000);
        Vertx vertx = Vertx.vertx();
        try (OvsdbServer server = OvsdbServer.northbound()) {
            new OvsdbBench(vertx, server, ports).run(ports).print(System.out, arguments);
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private OvsdbClient open() throws Exception {
        var client =
                OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), NorthboundRows.DATABASE));
        await(client.schema());
        return client;
    }

    private Report run(int ports) throws Exception {
        try (OvsdbClient bare = open()) {
            rows.fill(bare, ports);
            replica(ports);
            try (OvsdbClient replicated = open();
                    RawJsonRpc raw = new RawJsonRpc(server.socket())) {
                Replica replica = await(replicated.monitor(NorthboundRows.watched()));
                onePort(replicated, replica);
                transactions(bare, replicated, raw);
            }
        }
        return report;
    }

    private void replica(int ports) throws Exception {
        for (int i = 0; i < 2; i++) { // for the compiler of the JVM
            try (OvsdbClient client = open()) {
                await(client.monitor(NorthboundRows.watched()));
            }
        }
        try (OvsdbClient client = open()) {
            long before = usedHeap();
            long start = System.nanoTime();
            Replica replica = await(client.monitor(NorthboundRows.watched()));
            double millis = (System.nanoTime() - start) / 1e6;
            int count = replica.view().rows("Logical_Switch_Port").size();
            if (count != ports) {
                throw new IllegalStateException("the replica has " + count + " of " + ports);
            }
            double perRow = (double) (usedHeap() - before) / ports;
            report.add("replica loaded", millis, "ms", ports + " ports, 4 columns, 3 indexes")
                    .add(
                            "replica, heap per port",
                            perRow,
                            "bytes",
                            "all indexes and references included");
        }
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void onePort(OvsdbClient client, Replica replica) throws Exception {
        var before = client.statistics();
        await(client.transact(rows.onePort()));
        var after = client.statistics();
        report.add("one port added, sent", after.bytesSent() - before.bytesSent(), "bytes")
                .add(
                        "one port added, received",
                        after.bytesReceived() - before.bytesReceived(),
                        "bytes")
                .add(
                        "one port added, rows looked at by the replica",
                        after.rowsReceived() - before.rowsReceived(),
                        "rows",
                        "of " + replica.view().rows("Logical_Switch_Port").size());
    }

    private void transactions(OvsdbClient bare, OvsdbClient replicated, RawJsonRpc raw)
            throws Exception {
        atOnce(bare, WARM_UP);
        oneByOne(bare, WARM_UP);
        rawOneByOne(raw, WARM_UP);

        long[] floor = rawOneByOne(raw, ONE_BY_ONE);
        long[] ours = oneByOne(bare, ONE_BY_ONE);
        long[] withReplica = oneByOne(replicated, ONE_BY_ONE);
        long[] nbctl = nbctl();
        report.addTimes("one by one, bare socket", floor);
        report.addTimes("one by one, libs/ovsdb", ours);
        report.addTimes("one by one, libs/ovsdb and its replica", withReplica);
        report.addTimes("one by one, ovn-nbctl daemon", nbctl);

        double floorRate = rawAtOnce(raw, AT_ONCE);
        double rate = atOnce(bare, AT_ONCE);
        double replicaRate = atOnce(replicated, AT_ONCE);
        double nbctlRate = 1e9 * nbctl.length / sum(nbctl);
        report.add(WINDOW + " at a time, bare socket", floorRate, "/s", "what the server takes")
                .add(WINDOW + " at a time, libs/ovsdb", rate, "/s")
                .add(WINDOW + " at a time, libs/ovsdb and its replica", replicaRate, "/s")
                .add("ovn-nbctl daemon", nbctlRate, "/s", "its callers wait for one another")
                .add("bare socket over libs/ovsdb, rate", floorRate / rate, "x", "aim: 2 or less")
                .add(
                        "libs/ovsdb over bare socket, p50",
                        (double) Percentiles.of(ours).at(50) / Percentiles.of(floor).at(50),
                        "x",
                        "aim: 2 or less")
                .add(
                        "ovn-nbctl over libs/ovsdb, one by one, p50",
                        (double) Percentiles.of(nbctl).at(50) / Percentiles.of(ours).at(50),
                        "x",
                        "aim: 100")
                .add("libs/ovsdb over ovn-nbctl, rate", rate / nbctlRate, "x", "aim: 100");
    }

    private static long sum(long[] nanos) {
        long sum = 0;
        for (long one : nanos) {
            sum += one;
        }
        return sum;
    }

    private long[] oneByOne(OvsdbClient client, int count) throws Exception {
        List<Transaction> transactions = prepared(count);
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            await(client.transact(transactions.get(i)));
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private double atOnce(OvsdbClient client, int count) throws Exception {
        List<Transaction> transactions = prepared(count);
        var window = new Semaphore(WINDOW);
        var answers = new ArrayList<Future<TransactionResult>>();
        long start = System.nanoTime();
        for (Transaction transaction : transactions) {
            window.acquire();
            answers.add(client.transact(transaction).onComplete(_ -> window.release()));
        }
        for (Future<TransactionResult> answer : answers) {
            await(answer);
        }
        return 1e9 * count / (System.nanoTime() - start);
    }

    private List<Transaction> prepared(int count) {
        var transactions = new ArrayList<Transaction>();
        for (int i = 0; i < count; i++) {
            transactions.add(rows.onePort());
        }
        return transactions;
    }

    private List<byte[]> preparedBytes(int count) {
        var requests = new ArrayList<byte[]>();
        for (Transaction transaction : prepared(count)) {
            requests.add(
                    RawJsonRpc.transact(
                            requests.size(), NorthboundRows.DATABASE, transaction.toJson()));
        }
        return requests;
    }

    private long[] rawOneByOne(RawJsonRpc raw, int count) throws IOException {
        List<byte[]> requests = preparedBytes(count);
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            raw.write(requests.get(i));
            raw.await();
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private double rawAtOnce(RawJsonRpc raw, int count) throws IOException {
        List<byte[]> requests = preparedBytes(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (i >= WINDOW) {
                raw.await();
            }
            raw.write(requests.get(i));
        }
        for (int i = 0; i < Math.min(WINDOW, count); i++) {
            raw.await();
        }
        return 1e9 * count / (System.nanoTime() - start);
    }

    /**
     * A process for each port, as who uses ovn-nbctl does it; the daemon keeps the database's copy.
     */
    private long[] nbctl() throws Exception {
        String control = server.folder().resolve("nbctl").toString();
        String pidFile = server.folder().resolve("nbctl.pid").toString();
        OvsdbServer.run(
                "ovn-nbctl",
                "--db=" + server.unix(),
                "--detach",
                "--no-chdir",
                "--no-syslog",
                "-vconsole:off",
                "--pidfile=" + pidFile,
                "--unixctl=" + control);
        try {
            OvsdbServer.run("ovn-nbctl", "-u", control, "ls-list"); // it has read the database now
            long[] nanos = new long[NBCTL_CALLS];
            for (int i = 0; i < NBCTL_CALLS; i++) {
                long start = System.nanoTime();
                OvsdbServer.run("ovn-nbctl", "-u", control, "lsp-add", "switch-0", "nbctl-" + i);
                nanos[i] = System.nanoTime() - start;
            }
            return nanos;
        } finally {
            OvsdbServer.run("ovs-appctl", "-t", control, "exit");
        }
    }
}
