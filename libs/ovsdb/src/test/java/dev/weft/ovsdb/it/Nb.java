package dev.weft.ovsdb.it;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Columns of the northbound database and transactions on them, for tests. */
final class Nb {
    static final String DATABASE = "OVN_Northbound";
    static final String SWITCH = "Logical_Switch";
    static final String PORT = "Logical_Switch_Port";
    static final Column<String> SWITCH_NAME = new Column<>(SWITCH, "name", ColumnType.STRING);
    static final Column<Set<UUID>> SWITCH_PORTS =
            new Column<>(SWITCH, "ports", ColumnType.set(ColumnType.UUID));
    static final Column<Map<String, String>> SWITCH_IDS =
            new Column<>(
                    SWITCH, "external_ids", ColumnType.map(ColumnType.STRING, ColumnType.STRING));
    static final Column<String> PORT_NAME = new Column<>(PORT, "name", ColumnType.STRING);
    static final Column<Set<String>> PORT_ADDRESSES =
            new Column<>(PORT, "addresses", ColumnType.set(ColumnType.STRING));
    static final Column<Optional<Long>> PORT_TAG =
            new Column<>(PORT, "tag", ColumnType.optional(ColumnType.INTEGER));
    static final Column<Optional<Boolean>> PORT_ENABLED =
            new Column<>(PORT, "enabled", ColumnType.optional(ColumnType.BOOLEAN));
    static final Column<Map<String, String>> PORT_IDS =
            new Column<>(
                    PORT, "external_ids", ColumnType.map(ColumnType.STRING, ColumnType.STRING));
    static final Column<Long> NB_CFG = new Column<>("NB_Global", "nb_cfg", ColumnType.INTEGER);

    private Nb() {}

    static MonitorSpec everything() {
        return MonitorSpec.builder()
                .table(SWITCH, SWITCH_NAME, SWITCH_PORTS, SWITCH_IDS)
                .table(PORT, PORT_NAME, PORT_ADDRESSES, PORT_TAG, PORT_ENABLED, PORT_IDS)
                .table("NB_Global", NB_CFG)
                .index(SWITCH_NAME)
                .index(PORT_NAME)
                .indexEntry(PORT_IDS, "owner")
                .build();
    }

    static Transaction addSwitch(String name) {
        return new Transaction().insert(SWITCH, null, Map.of(SWITCH_NAME, name));
    }

    static Transaction addPort(String toSwitch, String name) {
        var row = new NamedUuid("port");
        return new Transaction()
                .insert(PORT, row, Map.of(PORT_NAME, name, PORT_IDS, Map.of("owner", toSwitch)))
                .mutate(
                        SWITCH,
                        List.of(Condition.equal(SWITCH_NAME, toSwitch)),
                        List.of(Mutation.insert(SWITCH_PORTS, row)));
    }

    static Set<String> portNames(Replica replica) {
        return replica.read(
                view ->
                        view.rows(PORT).stream()
                                .map(row -> row.get(PORT_NAME))
                                .collect(Collectors.toUnmodifiableSet()));
    }

    static List<Row> port(Replica replica, String name) {
        return replica.view().find(PORT_NAME, name);
    }

    /** What the server itself says that it holds of all that {@link #everything} asks for. */
    static Set<String> rowsOf(OvsdbClient client) {
        var transaction = new Transaction();
        transaction.select(SWITCH, List.of(), List.of(SWITCH_NAME, SWITCH_PORTS, SWITCH_IDS));
        transaction.select(
                PORT,
                List.of(),
                List.of(PORT_NAME, PORT_ADDRESSES, PORT_TAG, PORT_ENABLED, PORT_IDS));
        var rows = new TreeSet<String>();
        for (var result : Waiting.await(client.transact(transaction)).results()) {
            result.rows().forEach(row -> rows.add(text(row)));
        }
        return rows;
    }

    /** The same of a replica. */
    static Set<String> rowsOf(Replica replica) {
        var rows = new TreeSet<String>();
        var view = replica.view();
        view.rows(SWITCH).forEach(row -> rows.add(text(row)));
        view.rows(PORT).forEach(row -> rows.add(text(row)));
        return rows;
    }

    private static String text(Row row) {
        var columns =
                row.table().equals(SWITCH)
                        ? List.of(SWITCH_NAME, SWITCH_PORTS, SWITCH_IDS)
                        : List.of(PORT_NAME, PORT_ADDRESSES, PORT_TAG, PORT_ENABLED, PORT_IDS);
        return row.uuid()
                + columns.stream()
                        .map(
                                column ->
                                        switch (row.get(column)) {
                                            case Set<?> set -> new TreeSet<>(set).toString();
                                            case Map<?, ?> map -> new TreeMap<>(map).toString();
                                            case Object other -> other.toString();
                                        })
                        .toList()
                        .toString();
    }
}
