package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;
import static dev.weft.ovsdb.testing.Waiting.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.SchemaRequirements;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * What the server is and has: transports, schemas that lack or gain something, databases that are
 * not there.
 */
class SchemaIT extends StandaloneServer {

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
