package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.notation.PersistentMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From a column's value, or from the value of one entry of a map column, to the rows that have it.
 * Immutable. A value that one row has (a name) costs no more than a reference.
 *
 * @param entry the key of the map's entry; null to index the whole value
 * @param rows a {@link ReplicaRow}, or a {@link PersistentMap} of them by UUID, for each value
 */
record TableIndex(Column<?> column, @Nullable Object entry, PersistentMap<Object, Object> rows) {
    static TableIndex of(Column<?> column, @Nullable Object entry) {
        return new TableIndex(column, entry, PersistentMap.empty());
    }

    private @Nullable Object value(ReplicaRow row) {
        if (!row.has(column)) {
            return null;
        }
        Object value = row.get(column);
        if (entry != null) {
            return ((Map<?, ?>) value).get(entry);
        }
        return value instanceof Optional<?> optional && optional.isEmpty() ? null : value;
    }

    TableIndex changed(@Nullable ReplicaRow before, @Nullable ReplicaRow after) {
        var old = before == null ? null : value(before);
        var now = after == null ? null : value(after);
        var changed = rows;
        if (before != null && old != null && !(after != null && old.equals(now))) {
            changed = without(changed, old, before);
        }
        if (after != null && now != null) {
            changed = with(changed, now, after);
        }
        return changed == rows ? this : new TableIndex(column, entry, changed);
    }

    private static PersistentMap<Object, Object> with(
            PersistentMap<Object, Object> rows, Object value, ReplicaRow row) {
        return switch (rows.get(value)) {
            case null -> rows.with(value, row);
            case ReplicaRow single when single.uuid().equals(row.uuid()) -> rows.with(value, row);
            case ReplicaRow single ->
                    rows.with(
                            value,
                            PersistentMap.<UUID, Row>empty()
                                    .with(single.uuid(), single)
                                    .with(row.uuid(), row));
            case Object many -> rows.with(value, several(many).with(row.uuid(), row));
        };
    }

    private static PersistentMap<Object, Object> without(
            PersistentMap<Object, Object> rows, Object value, ReplicaRow row) {
        return switch (rows.get(value)) {
            case null -> rows;
            case ReplicaRow single -> single.uuid().equals(row.uuid()) ? rows.without(value) : rows;
            case Object many -> {
                var rest = several(many).without(row.uuid());
                yield rest.size() > 1
                        ? rows.with(value, rest)
                        : rows.with(value, rest.values().iterator().next());
            }
        };
    }

    @SuppressWarnings("unchecked") // what is not a row is such a map
    private static PersistentMap<UUID, Row> several(Object many) {
        return (PersistentMap<UUID, Row>) many;
    }

    List<Row> find(Object value) {
        return switch (rows.get(value)) {
            case null -> List.of();
            case ReplicaRow single -> List.of(single);
            case Object many -> List.copyOf(several(many).values());
        };
    }
}
