package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.notation.PersistentMap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of one table and its indexes at one moment. Immutable. */
record TableState(PersistentMap<UUID, ReplicaRow> rows, List<TableIndex> indexes) {
    TableState with(ReplicaRow row) {
        return new TableState(rows.with(row.uuid(), row), reindexed(rows.get(row.uuid()), row));
    }

    TableState without(ReplicaRow row) {
        return new TableState(rows.without(row.uuid()), reindexed(row, null));
    }

    private List<TableIndex> reindexed(@Nullable ReplicaRow before, @Nullable ReplicaRow after) {
        if (indexes.isEmpty()) {
            return indexes;
        }
        var changed = new ArrayList<TableIndex>(indexes.size());
        for (var index : indexes) {
            changed.add(index.changed(before, after));
        }
        return changed;
    }
}
