package dev.weft.ovsdb.session;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.replica.LiveReplica;
import java.util.Optional;

/** What the database {@code _Server} of a server says about our database (ovsdb-server(5)). */
final class ServerStatus {
    static final String DATABASE = "_Server";
    private static final String TABLE = "Database";
    private static final Column<String> NAME = new Column<>(TABLE, "name", ColumnType.STRING);
    private static final Column<String> MODEL = new Column<>(TABLE, "model", ColumnType.STRING);
    private static final Column<Boolean> CONNECTED =
            new Column<>(TABLE, "connected", ColumnType.BOOLEAN);
    private static final Column<Boolean> LEADER = new Column<>(TABLE, "leader", ColumnType.BOOLEAN);

    private final LiveReplica replica;
    private final String database;
    private final boolean leaderOnly;

    ServerStatus(DatabaseSchema serverSchema, String database, boolean leaderOnly) {
        this.database = database;
        this.leaderOnly = leaderOnly;
        this.replica =
                new LiveReplica(
                        MonitorSpec.builder()
                                .table(TABLE, NAME)
                                .optional(TABLE, MODEL, CONNECTED, LEADER)
                                .index(NAME)
                                .build(),
                        () -> {});
        replica.fit(serverSchema);
    }

    LiveReplica replica() {
        return replica;
    }

    /** Why this server is not the one to talk to; empty when it is. */
    Optional<OvsdbException> objection() {
        return replica.read(
                view -> {
                    var rows = view.find(NAME, database);
                    if (rows.isEmpty()) {
                        return Optional.of(new OvsdbException.UnknownDatabase("connect", database));
                    }
                    var row = rows.getFirst();
                    if (!row.getOr(MODEL, "standalone").equals("clustered")) {
                        return Optional.empty();
                    }
                    if (!row.getOr(CONNECTED, true)) {
                        return Optional.of(
                                new OvsdbException.NotLeader(
                                        "this member has no connection to the cluster of "
                                                + database));
                    }
                    return leaderOnly && !row.getOr(LEADER, true)
                            ? Optional.of(
                                    new OvsdbException.NotLeader(
                                            "this member does not lead " + database))
                            : Optional.empty();
                });
    }
}
