package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.ReplicaChange.RowChange;
import dev.weft.ovsdb.notation.UpdateSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes the table updates of one message and makes the next state of a replica, which nobody sees
 * before the message is complete. Understands {@code <row-update>} (RFC 7047 section 4.1.6) and
 * {@code <row-update2>} (ovsdb-server(7), 4.1.14).
 */
final class UpdateBatch implements UpdateSink {
    private final ReplicaState before;
    private final boolean reset;
    private final Map<String, TableLayout> layouts;
    private final RowCodec codec;
    private final Map<String, TableState> tables;
    private final List<RowChange> changes = new ArrayList<>();
    private int rows;

    /**
     * @param start what the updates are relative to: the state before, or the empty state when all
     *     contents follow
     * @param before what the replica holds
     */
    UpdateBatch(
            ReplicaState start,
            ReplicaState before,
            Map<String, TableLayout> layouts,
            RowCodec codec) {
        this.before = before;
        this.reset = start != before;
        this.layouts = layouts;
        this.codec = codec;
        this.tables = new HashMap<>(start.tables());
    }

    @Override
    public void row(String table, String uuidText, Object update) {
        var layout = layouts.get(table);
        if (layout == null) {
            throw new ProtocolError("an update of table '" + table + "', which was not asked for");
        }
        rows++;
        var uuid = codec.uuid(uuidText);
        var members = RowCodec.object(update);
        var known = state(table).rows().get(uuid);
        Object part;
        if ((part = members.get("initial")) != null || (part = members.get("insert")) != null) {
            put(table, codec.whole(layout, uuid, part));
        } else if ((part = members.get("modify")) != null) {
            put(table, codec.modified(require(known, table, uuid), part));
        } else if (members.containsKey("delete")) {
            remove(table, require(known, table, uuid));
        } else if ((part = members.get("new")) != null) {
            put(table, codec.whole(layout, uuid, part));
        } else if (members.containsKey("old")) {
            remove(table, require(known, table, uuid));
        } else {
            throw new ProtocolError(
                    "an update of a row of " + table + " that says nothing: " + members.keySet());
        }
    }

    private TableState state(String table) {
        var state = tables.get(table);
        if (state == null) {
            throw new IllegalStateException(table);
        }
        return state;
    }

    private static ReplicaRow require(@Nullable ReplicaRow known, String table, UUID uuid) {
        if (known == null) {
            throw new ProtocolError(
                    "an update of row " + uuid + " of " + table + ", which we do not have");
        }
        return known;
    }

    private void put(String table, ReplicaRow row) {
        var old = held(table, row.uuid());
        if (old != null && reset && old.sameAs(row)) {
            tables.put(table, state(table).with(old));
        } else {
            tables.put(table, state(table).with(row));
            changes.add(new RowChange(table, row.uuid(), old, row));
        }
    }

    private void remove(String table, ReplicaRow row) {
        tables.put(table, state(table).without(row));
        changes.add(new RowChange(table, row.uuid(), held(table, row.uuid()), null));
    }

    /** What listeners know of the row so far. */
    private @Nullable ReplicaRow held(String table, UUID uuid) {
        var held = before.tables().get(table);
        return held == null ? null : held.rows().get(uuid);
    }

    int rows() {
        return rows;
    }

    /** The state after all updates. */
    ReplicaState state() {
        return new ReplicaState(tables);
    }

    /**
     * What changed for those who know the state before. After all contents came, that includes the
     * rows that did not.
     */
    ReplicaChange change() {
        if (reset) {
            before.tables()
                    .forEach(
                            (table, state) -> {
                                var now = state(table).rows();
                                for (var row : state.rows().values()) {
                                    if (!now.containsKey(row.uuid())) {
                                        changes.add(new RowChange(table, row.uuid(), row, null));
                                    }
                                }
                            });
        }
        return new ReplicaChange(reset, List.copyOf(changes));
    }
}
