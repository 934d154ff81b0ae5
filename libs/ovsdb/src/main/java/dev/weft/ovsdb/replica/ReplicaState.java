package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.notation.PersistentMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All tables of a replica at one moment. Immutable. */
record ReplicaState(Map<String, TableState> tables) implements Replica.View {
    /** The state with no row, ready for the tables and indexes that are asked for. */
    static ReplicaState empty(MonitorSpec spec) {
        var tables = new HashMap<String, TableState>();
        for (var table : spec.tables().keySet()) {
            var indexes = new ArrayList<TableIndex>();
            for (var column : spec.indexes()) {
                if (column.table().equals(table)) {
                    indexes.add(TableIndex.of(column, null));
                }
            }
            for (var entry : spec.entryIndexes()) {
                if (entry.column().table().equals(table)) {
                    indexes.add(TableIndex.of(entry.column(), entry.key()));
                }
            }
            var memberIndexes =
                    spec.memberIndexes().stream()
                            .filter(column -> column.table().equals(table))
                            .map(MemberIndex::of)
                            .toList();
            tables.put(
                    table,
                    new TableState(PersistentMap.empty(), List.copyOf(indexes), memberIndexes));
        }
        return new ReplicaState(tables);
    }

    private TableState table(String name) {
        var table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("table " + name + " was not asked for");
        }
        return table;
    }

    @Override
    public Optional<Row> row(String table, UUID uuid) {
        return Optional.ofNullable(table(table).rows().get(uuid));
    }

    @Override
    public Collection<Row> rows(String table) {
        return Collections.unmodifiableCollection(table(table).rows().values());
    }

    @Override
    public <T> List<Row> find(Column<T> indexed, T value) {
        return index(indexed, null).find(value);
    }

    @Override
    public <K, V> List<Row> findByMapEntry(Column<Map<K, V>> indexed, K key, V value) {
        return index(indexed, key).find(value);
    }

    @Override
    public <E> List<Row> findByMember(Column<Set<E>> indexed, E member) {
        var table = table(indexed.table());
        for (var index : table.memberIndexes()) {
            if (index.column().equals(indexed)) {
                return index.find(member).stream().<Row>map(table.rows()::get).toList();
            }
        }
        throw new IllegalArgumentException("no index on the members of column " + indexed);
    }

    private TableIndex index(Column<?> column, @Nullable Object entry) {
        for (var index : table(column.table()).indexes()) {
            if (index.column().equals(column)
                    && (entry == null ? index.entry() == null : entry.equals(index.entry()))) {
                return index;
            }
        }
        throw new IllegalArgumentException(
                "no index on column " + column + (entry == null ? "" : ", key " + entry));
    }
}
