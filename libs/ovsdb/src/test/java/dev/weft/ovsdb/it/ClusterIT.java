package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;
import static dev.weft.ovsdb.testing.Waiting.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovsdb.Backoff;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.Endpoint;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.FaultyProxy;
import dev.weft.ovsdb.testing.OvsdbCluster;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client against a real cluster of three servers. */
class ClusterIT {
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), 0.5);
    private static Vertx vertx;
    private static OvsdbCluster cluster;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        cluster = OvsdbCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        await(vertx.close());
    }

    @AfterEach
    void empty() {
        try (var client = open()) {
            await(client.schema());
            write(client, new Transaction().delete(Nb.SWITCH, List.of()));
        }
    }

    private static OvsdbClient open() {
        return OvsdbClient.open(
                vertx, OvsdbOptions.of(cluster.endpoints(), Nb.DATABASE).withBackoff(QUICK));
    }

    /**
     * Writes as a caller does that may repeat its transaction: as often as it fails for a while.
     */
    private static void write(OvsdbClient client, Transaction transaction) {
        eventually(
                "written",
                () -> {
                    try {
                        await(client.transact(transaction));
                        return true;
                    } catch (OvsdbException e) {
                        if (!e.isTransient()) {
                            throw e;
                        }
                        return false;
                    }
                });
    }

    private static Endpoint connectedTo(OvsdbClient client) {
        return client.state() instanceof ConnectionState.Connected(var endpoint)
                ? endpoint
                : new Endpoint.Unix("nowhere");
    }

    @Test
    void findsTheLeaderAmongTheMembers() {
        try (var client = open()) {
            await(client.schema());
            assertThat(connectedTo(client)).hasToString(cluster.leader().orElseThrow().endpoint());
        }
    }

    @Test
    void worksOnAFollowerWhenTheLeaderIsNotAskedFor() {
        var follower = cluster.members().stream().filter(m -> !m.leads()).findFirst().orElseThrow();
        try (var client =
                OvsdbClient.open(
                        vertx,
                        OvsdbOptions.of(follower.endpoint(), Nb.DATABASE).withLeaderOnly(false))) {
            var replica = await(client.monitor(Nb.everything()));
            await(client.transact(Nb.addSwitch("s")));
            assertThat(replica.view().find(Nb.SWITCH_NAME, "s")).hasSize(1);
        }
    }

    @Test
    void resumesAMonitorWithoutLoadingTheContentsAgain() {
        var leader = cluster.leader().orElseThrow();
        try (var proxy = new FaultyProxy(leader.port());
                var writer = open();
                var client =
                        OvsdbClient.open(
                                vertx,
                                OvsdbOptions.of(proxy.endpoint(), Nb.DATABASE)
                                        .withBackoff(QUICK))) {
            await(writer.schema());
            for (var i = 0; i < 200; i++) {
                await(writer.transact(Nb.addSwitch("s" + i)));
            }
            var replica = await(client.monitor(Nb.everything()));
            var changes = Collections.synchronizedList(new ArrayList<ReplicaChange>());
            replica.listen(changes::add);
            var rows = client.statistics().rowsReceived();
            assertThat(client.statistics().reloads()).isOne();
            proxy.refuse(true);
            proxy.cut();
            await(writer.transact(Nb.addSwitch("meanwhile")));
            await(
                    writer.transact(
                            new Transaction()
                                    .delete(
                                            Nb.SWITCH,
                                            List.of(Condition.equal(Nb.SWITCH_NAME, "s7")))));
            proxy.refuse(false);
            eventually("resumed", () -> client.statistics().resumes() == 1);
            assertThat(client.statistics().reloads()).isOne();
            assertThat(client.statistics().rowsReceived() - rows).isEqualTo(2);
            assertThat(Nb.rowsOf(replica)).isEqualTo(Nb.rowsOf(writer)).hasSize(200);
            assertThat(changes).noneMatch(ReplicaChange::reset);
        }
    }

    @Test
    void followsTheLeadershipWhenItIsTransferred() {
        try (var client = open()) {
            var replica = await(client.monitor(Nb.everything()));
            write(client, Nb.addSwitch("before"));
            var former = cluster.leader().orElseThrow();
            former.control("cluster/failure-test", "transfer-leadership");
            eventually(
                    "another leads",
                    () -> cluster.leader().filter(now -> now != former).isPresent());
            eventually(
                    "the client is with the new leader",
                    () ->
                            cluster.leader()
                                    .filter(
                                            now ->
                                                    now.endpoint()
                                                            .equals(connectedTo(client).toString()))
                                    .isPresent());
            write(client, Nb.addSwitch("after"));
            assertThat(replica.view().find(Nb.SWITCH_NAME, "before")).hasSize(1);
            assertThat(replica.view().find(Nb.SWITCH_NAME, "after")).hasSize(1);
        }
    }

    @Test
    void tellsWhatBecameOfAWriteDuringATransfer() {
        try (var client = open()) {
            await(client.schema());
            write(client, Nb.addSwitch("before"));
            cluster.leader()
                    .orElseThrow()
                    .control(
                            "cluster/failure-test",
                            "transfer-leadership-after-sending-append-request");
            var sent = client.statistics().writes();
            var succeeded = true;
            try {
                await(client.transact(Nb.addSwitch("during")));
            } catch (OvsdbException.Disconnected | OvsdbException.ClusterError e) {
                succeeded = false;
            }
            assertThat(client.statistics().writes() - sent).isOne();
            write(client, Nb.addSwitch("after"));
            var during =
                    new Transaction()
                            .select(
                                    Nb.SWITCH,
                                    List.of(Condition.equal(Nb.SWITCH_NAME, "during")),
                                    List.of());
            var rows = await(client.transact(during)).get(0).rows();
            assertThat(rows).hasSizeBetween(succeeded ? 1 : 0, 1);
        }
    }

    @Test
    void goesOnWithAnotherMemberWhenTheLeaderIsKilled() {
        try (var client = open()) {
            var replica = await(client.monitor(Nb.everything()));
            var lock = client.lock("leader");
            await(lock.whenHeld());
            for (var i = 0; i < 50; i++) {
                write(client, Nb.addSwitch("s" + i).assertLock("leader"));
            }
            var reloads = client.statistics().reloads();
            var killed = cluster.leader().orElseThrow();
            killed.kill();
            eventually(
                    "connected to another",
                    () ->
                            !connectedTo(client).toString().equals(killed.endpoint())
                                    && client.state() instanceof ConnectionState.Connected);
            await(lock.whenHeld());
            write(client, Nb.addSwitch("after"));
            assertThat(Nb.rowsOf(replica)).isEqualTo(Nb.rowsOf(client)).hasSize(51);
            assertThat(client.statistics().reloads()).isEqualTo(reloads);
            assertThat(client.statistics().resumes()).isPositive();
            killed.restart();
            eventually("back in the cluster", killed::isMember);
        }
    }
}
