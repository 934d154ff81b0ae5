package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;
import static dev.weft.ovsdb.testing.Waiting.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.Backoff;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.TransactionResult;
import dev.weft.ovsdb.testing.FaultyProxy;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Cut, delayed and garbled connections, and servers that die, between the client and a real server.
 */
class BrokenConnectionIT {
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(50), 0.5);

    /**
     * {@code weft test soak} takes these tests twenty times as far, each time with other faults.
     */
    private static final boolean SOAK = Boolean.getBoolean("weft.soak");

    private static final int TIMES = SOAK ? 20 : 1;

    private final Random random = new Random(SOAK ? System.nanoTime() : 7);
    private Vertx vertx;
    private OvsdbServer server;
    private FaultyProxy proxy;
    private OvsdbClient direct;
    private OvsdbClient client;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        server = OvsdbServer.northbound();
        proxy = new FaultyProxy(server.port());
        direct =
                OvsdbClient.open(
                        vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE).withBackoff(QUICK));
        client =
                OvsdbClient.open(
                        vertx, OvsdbOptions.of(proxy.endpoint(), Nb.DATABASE).withBackoff(QUICK));
        await(client.schema());
        await(direct.schema());
    }

    @AfterEach
    void close() {
        client.close();
        direct.close();
        proxy.close();
        server.close();
        await(vertx.close());
    }

    private void write(int i) {
        await(direct.transact(Nb.addPort("s", "p" + i)));
        if (i % 3 == 0) {
            var where = List.of(Condition.equal(Nb.PORT_NAME, "p" + (i - i % 2)));
            var addresses = Mutation.insert(Nb.PORT_ADDRESSES, Set.of("a" + i, "b" + i));
            await(direct.transact(new Transaction().mutate(Nb.PORT, where, List.of(addresses))));
        }
        if (i % 5 == 4) {
            var row = await(direct.transact(Nb.addPort("s", "x" + i))).uuid(0);
            await(
                    direct.transact(
                            new Transaction()
                                    .mutate(
                                            Nb.SWITCH,
                                            List.of(),
                                            List.of(Mutation.delete(Nb.SWITCH_PORTS, row)))));
        }
    }

    private void cutAndAwaitReconnect() {
        var connects = client.statistics().connects();
        proxy.cut();
        eventually("connected again", () -> client.statistics().connects() > connects);
    }

    @Test
    void replicaEqualsTheServerAfterManyCuts() {
        await(direct.transact(Nb.addSwitch("s")));
        var replica = await(client.monitor(Nb.everything()));
        for (var i = 0; i < 120 * TIMES; i++) {
            write(i);
            if (random.nextInt(8) == 0) {
                cutAndAwaitReconnect();
            } else if (random.nextInt(8) == 0) {
                proxy.cut();
            }
        }
        var expected = Nb.rowsOf(direct);
        eventually("the replica is as the server", () -> Nb.rowsOf(replica).equals(expected));
        assertThat(client.statistics().connects()).isGreaterThan(3);
    }

    @Test
    void replicaEqualsTheServerThoughBytesComeOneByOneOrGarbled() {
        await(direct.transact(Nb.addSwitch("s")));
        proxy.cutIntoPieces(1);
        var replica = await(client.monitor(Nb.everything()));
        // a zero byte is never JSON, wherever it is put
        UnaryOperator<byte[]> garble =
                bytes -> {
                    if (random.nextInt(6) == 0) {
                        bytes[random.nextInt(bytes.length)] = 0;
                    }
                    return bytes;
                };
        proxy.changeToClient(garble);
        for (var i = 0; i < 60 * TIMES; i++) {
            write(i);
        }
        proxy.changeToClient(UnaryOperator.identity());
        proxy.cutIntoPieces(100);
        var expected = Nb.rowsOf(direct);
        eventually("the replica is as the server", () -> Nb.rowsOf(replica).equals(expected));
    }

    @Test
    void sendsNoWriteTwiceAndTellsWhatBecameOfEach() {
        var answers = new ArrayList<Future<TransactionResult>>();
        for (var i = 0; i < 300 * TIMES; i++) {
            answers.add(client.transact(Nb.addSwitch("s" + i)));
            if (random.nextInt(25) == 0) {
                cutAndAwaitReconnect();
            } else if (random.nextInt(10) == 0) {
                eventually("answered", answers.getLast()::isComplete);
            }
        }
        var succeeded = 0;
        for (var i = 0; i < answers.size(); i++) {
            var rows =
                    await(
                                    direct.transact(
                                            new Transaction()
                                                    .select(
                                                            Nb.SWITCH,
                                                            List.of(
                                                                    Condition.equal(
                                                                            Nb.SWITCH_NAME,
                                                                            "s" + i)),
                                                            List.of())))
                            .get(0)
                            .rows();
            assertThat(rows)
                    .hasSizeLessThanOrEqualTo(1); // the table has no unique index: twice would show
            try {
                await(answers.get(i));
                succeeded++;
                assertThat(rows).hasSize(1);
            } catch (OvsdbException.Disconnected e) {
                if (!e.mayHaveTakenEffect()) {
                    assertThat(rows).isEmpty();
                }
            }
        }
        assertThat(succeeded).isGreaterThan(100);
    }

    @Test
    void takesInWhatHappenedWhileTheServerWasReplaced() {
        await(direct.transact(Nb.addSwitch("stays")));
        await(direct.transact(Nb.addSwitch("goes")));
        var replica = await(client.monitor(Nb.everything()));
        var lock = client.lock("leader");
        await(lock.whenHeld());
        var changes = Collections.synchronizedList(new ArrayList<ReplicaChange>());
        replica.listen(changes::add);
        var before = replica.view().find(Nb.SWITCH_NAME, "stays").getFirst();
        proxy.refuse(true);
        server.kill();
        server.start();
        eventually("direct is back", () -> direct.state() instanceof ConnectionState.Connected);
        await(
                direct.transact(
                        new Transaction()
                                .delete(Nb.SWITCH, List.of(Condition.equal(Nb.SWITCH_NAME, "goes")))
                                .insert(Nb.SWITCH, null, Map.of(Nb.SWITCH_NAME, "comes"))));
        assertThat(replica.view().find(Nb.SWITCH_NAME, "goes")).hasSize(1);
        assertThat(lock.held()).isFalse();
        proxy.refuse(false);
        eventually("loaded again", () -> !changes.isEmpty());
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().reset()).isTrue();
        assertThat(changes.getFirst().rows())
                .extracting(change -> (change.before() == null ? "+" : "-"))
                .containsExactlyInAnyOrder("+", "-");
        assertThat(replica.view().find(Nb.SWITCH_NAME, "stays").getFirst()).isSameAs(before);
        await(lock.whenHeld());
    }

    @Test
    void givesUpASilentServerAndSaysThatPendingWritesMayHaveTakenEffect() {
        var options =
                OvsdbOptions.of(server.unix(), Nb.DATABASE)
                        .withInactivityProbe(Duration.ofMillis(200))
                        .withConnectTimeout(Duration.ofMillis(300))
                        .withBackoff(QUICK);
        try (var probing = OvsdbClient.open(vertx, options)) {
            await(probing.schema());
            server.pause();
            var write = probing.transact(Nb.addSwitch("s"));
            assertThatThrownBy(() -> await(write))
                    .isInstanceOfSatisfying(
                            OvsdbException.Disconnected.class,
                            e -> assertThat(e.mayHaveTakenEffect()).isTrue());
            server.resume();
            eventually(
                    "connected again", () -> probing.state() instanceof ConnectionState.Connected);
            await(probing.transact(Nb.addSwitch("t")));
        }
    }

    @Test
    void staysConnectedToAnIdleServerThatAnswersProbes() throws InterruptedException {
        var options =
                OvsdbOptions.of(server.unix(), Nb.DATABASE)
                        .withInactivityProbe(Duration.ofMillis(50));
        try (var probing = OvsdbClient.open(vertx, options)) {
            await(probing.schema());
            Thread.sleep(600);
            assertThat(probing.statistics().connects()).isOne();
            assertThat(probing.state()).isInstanceOf(ConnectionState.Connected.class);
        }
    }

    @Test
    void fallsBackToOlderMonitorMethods() {
        for (var missing : List.of("monitor_cond_since", "monitor_cond")) {
            proxy.changeToServer(
                    bytes -> {
                        var text = new String(bytes, StandardCharsets.ISO_8859_1);
                        // monitor_cond goes only where it is not the handshake's of _Server
                        text = text.replace("\"monitor_cond_since\"", "\"monitor_xxxx_since\"");
                        if (missing.equals("monitor_cond") && text.contains("weft-1")) {
                            text = text.replace("\"monitor_cond\"", "\"monitor_xxxx\"");
                        }
                        return text.getBytes(StandardCharsets.ISO_8859_1);
                    });
            try (var old =
                    OvsdbClient.open(
                            vertx,
                            OvsdbOptions.of(proxy.endpoint(), Nb.DATABASE).withBackoff(QUICK))) {
                await(old.schema());
                await(direct.transact(new Transaction().delete(Nb.SWITCH, List.of())));
                await(direct.transact(Nb.addSwitch("s")));
                var replica = await(old.monitor(Nb.everything()));
                for (var i = 0; i < 30; i++) {
                    write(i + (missing.equals("monitor_cond") ? 100 : 0));
                }
                await(old.transact(Nb.addPort("s", "last" + missing)));
                assertThat(Nb.rowsOf(replica)).isEqualTo(Nb.rowsOf(direct)).hasSizeGreaterThan(30);
            }
        }
    }
}
