package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;
import static dev.weft.ovsdb.testing.Waiting.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.Operation;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.SchemaRequirements;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a real standalone ovsdb-server with the northbound schema. */
class StandaloneServerIT {
    private static Vertx vertx;
    private static OvsdbServer server;
    private OvsdbClient client;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = OvsdbServer.northbound();
    }

    @AfterAll
    static void stop() {
        server.close();
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        client = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE));
        await(client.schema());
    }

    @AfterEach
    void close() {
        await(
                client.transact(
                        new Transaction()
                                .delete(Nb.SWITCH, List.of())
                                .delete(Nb.PORT, List.of())
                                .delete("NB_Global", List.of())));
        client.close();
    }

    @Test
    void readsTheSchemaOverUnixSocketAndTcp() {
        assertThat(await(client.schema()).tables()).containsKey("Logical_Router");
        try (var tcp = OvsdbClient.open(vertx, OvsdbOptions.of(server.tcp(), Nb.DATABASE))) {
            assertThat(await(tcp.schema())).isEqualTo(await(client.schema()));
        }
    }

    @Test
    void usesTheNativeTransportForUnixSocketsWhereVertxHasIt() {
        var nativeVertx =
                Vertx.vertx(new io.vertx.core.VertxOptions().setPreferNativeTransport(true));
        try (var other =
                OvsdbClient.open(nativeVertx, OvsdbOptions.of(server.unix(), Nb.DATABASE))) {
            assertThat(await(other.schema()).name()).isEqualTo(Nb.DATABASE);
        } finally {
            await(nativeVertx.close());
        }
    }

    @Test
    void replicaContainsATransactionWhenItsFutureCompletes() {
        var replica = await(client.monitor(Nb.everything()));
        await(client.transact(Nb.addSwitch("s")));
        for (var i = 0; i < 300; i++) {
            var name = "p" + i;
            // looked at on the event loop, in the very callback of the transaction
            var seen =
                    await(
                            client.transact(Nb.addPort("s", name))
                                    .map(_ -> Nb.port(replica, name).size()));
            assertThat(seen).isOne();
        }
        var ports =
                replica.read(
                        view -> view.find(Nb.SWITCH_NAME, "s").getFirst().get(Nb.SWITCH_PORTS));
        assertThat(ports).hasSize(300);
        assertThat(replica.view().findByMapEntry(Nb.PORT_IDS, "owner", "s")).hasSize(300);
    }

    @Test
    void tellsListenersOfEachTransactionOnce() {
        var replica = await(client.monitor(Nb.everything()));
        var changes = Collections.synchronizedList(new ArrayList<ReplicaChange>());
        replica.listen(changes::add);
        await(client.transact(Nb.addSwitch("s")));
        await(client.transact(Nb.addPort("s", "p")));
        var where = List.of(Condition.equal(Nb.PORT_NAME, "p"));
        await(client.transact(new Transaction().update(Nb.PORT, where, Map.of(Nb.PORT_TAG, 7L))));
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1).rows())
                .extracting(ReplicaChange.RowChange::table)
                .containsExactlyInAnyOrder(Nb.SWITCH, Nb.PORT);
        var change = changes.get(2).rows().getFirst();
        assertThat(change.before().get(Nb.PORT_TAG)).isEmpty();
        assertThat(change.after().get(Nb.PORT_TAG)).contains(7L);
        assertThat(changes).noneMatch(ReplicaChange::reset);
    }

    @Test
    void keepsAViewAsItWas() {
        var replica = await(client.monitor(Nb.everything()));
        await(client.transact(Nb.addSwitch("s")));
        var view = replica.view();
        await(client.transact(new Transaction().delete(Nb.SWITCH, List.of())));
        assertThat(view.find(Nb.SWITCH_NAME, "s")).hasSize(1);
        assertThat(replica.view().find(Nb.SWITCH_NAME, "s")).isEmpty();
    }

    @Test
    void followsModificationsOfSetsMapsAndOptionals() {
        var replica = await(client.monitor(Nb.everything()));
        await(client.transact(Nb.addSwitch("s")));
        await(client.transact(Nb.addPort("s", "p")));
        var where = List.of(Condition.equal(Nb.PORT_NAME, "p"));
        await(
                client.transact(
                        new Transaction()
                                .update(
                                        Nb.PORT,
                                        where,
                                        Map.of(
                                                Nb.PORT_ADDRESSES,
                                                Set.of("a", "b"),
                                                Nb.PORT_ENABLED,
                                                true))));
        await(
                client.transact(
                        new Transaction()
                                .mutate(
                                        Nb.PORT,
                                        where,
                                        List.of(
                                                Mutation.insert(Nb.PORT_ADDRESSES, "c"),
                                                Mutation.delete(Nb.PORT_ADDRESSES, Set.of("a")),
                                                Mutation.insert(
                                                        Nb.PORT_IDS,
                                                        Map.of(
                                                                "k",
                                                                "v",
                                                                "owner",
                                                                "not overwritten")),
                                                Mutation.delete(Nb.PORT_IDS, Set.of("absent"))))));
        var row = Nb.port(replica, "p").getFirst();
        assertThat(row.get(Nb.PORT_ADDRESSES)).containsExactlyInAnyOrder("b", "c");
        assertThat(row.get(Nb.PORT_IDS)).isEqualTo(Map.of("owner", "s", "k", "v"));
        assertThat(row.get(Nb.PORT_ENABLED)).contains(true);
        await(
                client.transact(
                        new Transaction()
                                .update(
                                        Nb.PORT,
                                        where,
                                        Map.of(
                                                Nb.PORT_ENABLED,
                                                Optional.empty(),
                                                Nb.PORT_IDS,
                                                Map.of("owner", "t")))));
        row = Nb.port(replica, "p").getFirst();
        assertThat(row.get(Nb.PORT_ENABLED)).isEmpty();
        assertThat(row.get(Nb.PORT_IDS)).isEqualTo(Map.of("owner", "t"));
        assertThat(replica.view().findByMapEntry(Nb.PORT_IDS, "owner", "s")).isEmpty();
        assertThat(replica.view().findByMapEntry(Nb.PORT_IDS, "owner", "t")).hasSize(1);
    }

    @Test
    void answersWhatOperationsAnswer() {
        var name = new NamedUuid("s");
        var result =
                await(
                        client.transact(
                                new Transaction()
                                        .comment("made by a test")
                                        .insert(Nb.SWITCH, name, Map.of(Nb.SWITCH_NAME, "one"))
                                        .insert(Nb.SWITCH, null, Map.of(Nb.SWITCH_NAME, "two"))
                                        .update(
                                                Nb.SWITCH,
                                                List.of(),
                                                Map.of(Nb.SWITCH_IDS, Map.of("a", "b")))
                                        .mutate(
                                                Nb.SWITCH,
                                                List.of(Condition.equal(Nb.SWITCH_NAME, "two")),
                                                List.of(
                                                        Mutation.delete(
                                                                Nb.SWITCH_IDS, List.of("a"))))
                                        .select(
                                                Nb.SWITCH,
                                                List.of(Condition.equal(Nb.SWITCH_NAME, "two")),
                                                List.of(Nb.SWITCH_NAME, Nb.SWITCH_IDS))
                                        .delete(
                                                Nb.SWITCH,
                                                List.of(Condition.equal(Nb.SWITCH_NAME, "one")))));
        assertThat(result.get(3).count()).isEqualTo(2);
        assertThat(result.get(4).count()).isEqualTo(1);
        var row = result.get(5).rows().getFirst();
        assertThat(row.uuid()).isEqualTo(result.uuid(2));
        assertThat(row.get(Nb.SWITCH_NAME)).isEqualTo("two");
        assertThat(row.get(Nb.SWITCH_IDS)).isEmpty();
        assertThat(result.get(6).count()).isEqualTo(1);
        assertThat(result.get(1).uuid()).isNotEqualTo(result.uuid(2));
    }

    @Test
    void monitorsOnlyMatchingRowsWhenAsked() {
        var replica =
                await(
                        client.monitor(
                                MonitorSpec.builder()
                                        .table(Nb.SWITCH, Nb.SWITCH_NAME)
                                        .where(Condition.equal(Nb.SWITCH_NAME, "mine"))
                                        .build()));
        await(client.transact(Nb.addSwitch("mine")));
        await(client.transact(Nb.addSwitch("other")));
        assertThat(replica.view().rows(Nb.SWITCH).size()).isOne();
    }

    @Test
    void givesEachRefusalItsType() {
        await(client.transact(Nb.addSwitch("s")));
        await(client.transact(Nb.addPort("s", "p")));
        assertThatThrownBy(() -> await(client.transact(Nb.addPort("s", "p"))))
                .isInstanceOfSatisfying(
                        OvsdbException.ConstraintViolation.class,
                        e -> assertThat(e.operation()).isEqualTo(-1));
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .mutate(
                                                                Nb.SWITCH,
                                                                List.of(),
                                                                List.of(
                                                                        Mutation.insert(
                                                                                Nb.SWITCH_PORTS,
                                                                                UUID
                                                                                        .randomUUID()))))))
                .isInstanceOf(OvsdbException.ReferentialIntegrityViolation.class);
        assertThatThrownBy(() -> await(client.transact(new Transaction().assertLock("nobody"))))
                .isInstanceOf(OvsdbException.NotOwner.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .waitForNone(
                                                                Nb.PORT,
                                                                List.of(
                                                                        Condition.equal(
                                                                                Nb.PORT_NAME, "p")))
                                                        .comment("never reached"))))
                .isInstanceOfSatisfying(
                        OvsdbException.TimedOut.class, e -> assertThat(e.operation()).isZero());
        assertThatThrownBy(() -> await(client.transact(Nb.addSwitch("t").abort())))
                .isInstanceOf(OvsdbException.Aborted.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .insert(
                                                                Nb.SWITCH,
                                                                new NamedUuid("x"),
                                                                Map.of())
                                                        .insert(
                                                                Nb.SWITCH,
                                                                new NamedUuid("x"),
                                                                Map.of()))))
                .isInstanceOf(OvsdbException.DuplicateUuidName.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .insert(
                                                                "NB_Global",
                                                                null,
                                                                Map.of(Nb.NB_CFG, 1L))
                                                        .mutate(
                                                                "NB_Global",
                                                                List.of(),
                                                                List.of(
                                                                        new Mutation(
                                                                                Nb.NB_CFG,
                                                                                Mutation.Mutator
                                                                                        .DIVIDE,
                                                                                0L))))))
                .isInstanceOf(OvsdbException.DomainError.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .delete("No_Such_Table", List.of()))))
                .isInstanceOf(OvsdbException.SyntaxError.class)
                .hasMessageContaining("No_Such_Table");
    }

    @Test
    void waitsUntilTheAwaitedHappens() {
        await(client.transact(Nb.addSwitch("a")));
        var where = List.of(Condition.equal(Nb.SWITCH_NAME, "b"));
        var waiting =
                client.transact(
                        new Transaction()
                                .waitFor(
                                        Nb.SWITCH,
                                        where,
                                        List.of(Nb.SWITCH_NAME),
                                        Operation.Until.EQUAL,
                                        List.of(Map.of(Nb.SWITCH_NAME, "b")),
                                        Duration.ofSeconds(10)));
        await(client.transact(Nb.addSwitch("c")));
        assertThat(waiting.isComplete()).isFalse();
        await(client.transact(Nb.addSwitch("b")));
        await(waiting);
    }

    @Test
    void handsALockOverAndFencesTheFormerHolder() {
        try (var rival = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE))) {
            await(rival.schema());
            var ours = client.lock("leader");
            await(ours.whenHeld());
            var theirs = rival.lock("leader");
            await(client.transact(Nb.addSwitch("by us").assertLock("leader")));
            assertThat(theirs.held()).isFalse();
            await(theirs.steal());
            eventually("we hear of the theft", () -> !ours.held());
            assertThatThrownBy(() -> await(client.transact(new Transaction().assertLock("leader"))))
                    .isInstanceOf(OvsdbException.NotOwner.class);
            await(rival.transact(Nb.addSwitch("by them").assertLock("leader")));
            await(theirs.release());
            await(ours.whenHeld());
            await(client.transact(new Transaction().assertLock("leader")));
            await(ours.release());
        }
    }

    @Test
    void refusesASchemaThatLacksWhatWeNeedAndNamesAllOfIt() {
        var noColumn = new Column<>(Nb.SWITCH, "shoe_size", ColumnType.INTEGER);
        var otherType = new Column<>(Nb.SWITCH, "name", ColumnType.INTEGER);
        var noTable = new Column<>("Wheel", "spokes", ColumnType.INTEGER);
        var options =
                OvsdbOptions.of(server.unix(), Nb.DATABASE)
                        .withRequirements(SchemaRequirements.require(noColumn, otherType, noTable));
        try (var demanding = OvsdbClient.open(vertx, options)) {
            assertThatThrownBy(() -> await(demanding.schema()))
                    .isInstanceOf(OvsdbException.SchemaMismatch.class)
                    .hasMessageContaining("Logical_Switch.shoe_size is missing")
                    .hasMessageContaining("Logical_Switch.name is string, we need integer")
                    .hasMessageContaining("table Wheel is missing");
            assertThatThrownBy(() -> await(demanding.monitor(Nb.everything())))
                    .isInstanceOf(OvsdbException.SchemaMismatch.class);
        }
        assertThatThrownBy(
                        () ->
                                await(
                                        client.monitor(
                                                MonitorSpec.builder()
                                                        .table(Nb.SWITCH, noColumn)
                                                        .build())))
                .isInstanceOf(OvsdbException.SchemaMismatch.class);
    }

    @Test
    void worksWithoutOptionalColumnsAndTablesThatTheServerLacks() {
        var noColumn = new Column<>(Nb.SWITCH, "shoe_size", ColumnType.INTEGER);
        var noTable = new Column<>("Wheel", "spokes", ColumnType.INTEGER);
        var replica =
                await(
                        client.monitor(
                                MonitorSpec.builder()
                                        .table(Nb.SWITCH, Nb.SWITCH_NAME)
                                        .optional(Nb.SWITCH, noColumn)
                                        .optional("Wheel", noTable)
                                        .build()));
        await(client.transact(Nb.addSwitch("s")));
        var row = replica.view().rows(Nb.SWITCH).iterator().next();
        assertThat(row.has(noColumn)).isFalse();
        assertThat(row.getOr(noColumn, 42L)).isEqualTo(42L);
        assertThatThrownBy(() -> row.get(noColumn))
                .hasMessageContaining("schema lacks column Logical_Switch.shoe_size");
        assertThat(replica.view().rows("Wheel").size()).isZero();
        assertThat(await(client.schema()).has(noColumn)).isFalse();
    }

    @Test
    void failsForADatabaseThatTheServerDoesNotHaveAndGoesOnTrying() {
        try (var lost = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), "No_Database"))) {
            eventually(
                    "the reason is told",
                    () ->
                            lost.state() instanceof ConnectionState.Waiting(var reason)
                                    && reason instanceof OvsdbException.UnknownDatabase);
            assertThatThrownBy(() -> await(lost.transact(new Transaction())))
                    .isInstanceOfSatisfying(
                            OvsdbException.Disconnected.class,
                            e -> assertThat(e.mayHaveTakenEffect()).isFalse());
        }
    }

    @Test
    void keepsTwoReplicasOfOneClientAndStopsTheOneThatIsClosed() {
        var first = await(client.monitor(Nb.everything()));
        var second =
                await(
                        client.monitor(
                                MonitorSpec.builder().table(Nb.SWITCH, Nb.SWITCH_NAME).build()));
        await(client.transact(Nb.addSwitch("a")));
        second.close();
        await(client.transact(Nb.addSwitch("b")));
        assertThat(first.view().rows(Nb.SWITCH).size()).isEqualTo(2);
        assertThat(second.view().rows(Nb.SWITCH).size()).isEqualTo(1);
    }

    @Test
    void failsWhatIsAskedOfAClosedClient() {
        var closed = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE));
        var early = closed.monitor(Nb.everything());
        closed.close();
        await(early.otherwiseEmpty());
        assertThatThrownBy(() -> await(closed.monitor(Nb.everything())))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThatThrownBy(() -> await(closed.schema()))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThatThrownBy(() -> await(closed.transact(new Transaction())))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThatThrownBy(() -> await(closed.lock("late").whenHeld()))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThat(closed.state()).isEqualTo(new ConnectionState.Closed());
    }

    @Test
    void countsWhatItDoes() {
        var before = client.statistics();
        await(client.transact(Nb.addSwitch("s")));
        await(
                client.transact(
                        new Transaction().select(Nb.SWITCH, List.of(), List.of(Nb.SWITCH_NAME))));
        var after = client.statistics();
        assertThat(after.transactions() - before.transactions()).isEqualTo(2);
        assertThat(after.writes() - before.writes()).isEqualTo(1);
        assertThat(after.pending()).isZero();
    }

    @Test
    void takesUpANewSchemaWhenTheDatabaseIsConverted() throws IOException {
        var future = new Column<>(Nb.SWITCH, "future", ColumnType.STRING);
        try (var other = OvsdbServer.northbound();
                var watching =
                        OvsdbClient.open(vertx, OvsdbOptions.of(other.unix(), Nb.DATABASE))) {
            var replica =
                    await(
                            watching.monitor(
                                    MonitorSpec.builder()
                                            .table(Nb.SWITCH, Nb.SWITCH_NAME)
                                            .optional(Nb.SWITCH, future)
                                            .index(Nb.SWITCH_NAME)
                                            .build()));
            await(watching.transact(Nb.addSwitch("s")));
            assertThat(replica.view().find(Nb.SWITCH_NAME, "s").getFirst().has(future)).isFalse();
            var schema =
                    Files.readString(OvsdbServer.NORTHBOUND)
                            .replaceFirst(
                                    "\"Logical_Switch\": \\{\\s*\"columns\": \\{",
                                    "$0 \"future\": {\"type\": \"string\"},");
            var file = Files.writeString(other.folder().resolve("new.ovsschema"), schema);
            other.client("convert", file.toString());
            eventually(
                    "the new column is there",
                    () -> replica.view().find(Nb.SWITCH_NAME, "s").getFirst().has(future));
            eventually(
                    "connected again", () -> watching.state() instanceof ConnectionState.Connected);
            await(watching.transact(Nb.addSwitch("t")));
            assertThat(replica.view().rows(Nb.SWITCH)).hasSize(2);
        }
    }

    @Test
    void speaksToAnOpenVSwitchDatabase() {
        try (var ovs = OvsdbServer.openVSwitch();
                var local = OvsdbClient.open(vertx, OvsdbOptions.of(ovs.unix(), "Open_vSwitch"))) {
            var bridge = new Column<>("Bridge", "name", ColumnType.STRING);
            var replica =
                    await(
                            local.monitor(
                                    MonitorSpec.builder()
                                            .table("Bridge", bridge)
                                            .index(bridge)
                                            .build()));
            assertThat(replica.view().rows("Bridge").size()).isZero();
        }
    }
}
