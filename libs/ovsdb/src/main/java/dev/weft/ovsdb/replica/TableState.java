package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.notation.PersistentMap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows of one table and its indexes at one moment. Immutable. */
record TableState(
        PersistentMap<UUID, ReplicaRow> rows,
        List<TableIndex> indexes,
        List<MemberIndex> memberIndexes) {
    TableState with(ReplicaRow row) {
        return changed(rows.with(row.uuid(), row), rows.get(row.uuid()), row);
    }

    TableState without(ReplicaRow row) {
        return changed(rows.without(row.uuid()), row, null);
    }

    private TableState changed(
            PersistentMap<UUID, ReplicaRow> next,
            @Nullable ReplicaRow before,
            @Nullable ReplicaRow after) {
        return new TableState(
                next,
                each(indexes, index -> index.changed(before, after)),
                each(memberIndexes, index -> index.changed(before, after)));
    }

    private static <I> List<I> each(List<I> indexes, UnaryOperator<I> change) {
        if (indexes.isEmpty()) {
            return indexes;
        }
        var changed = new ArrayList<I>(indexes.size());
        for (var index : indexes) {
            changed.add(change.apply(index));
        }
        return changed;
    }
}
