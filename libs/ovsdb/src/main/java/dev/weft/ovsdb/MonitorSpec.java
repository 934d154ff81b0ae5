package dev.weft.ovsdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a replica holds: tables, their columns, which rows of them, and what can be looked up.
 * Immutable.
 */
public final class MonitorSpec {
    /**
     * What is wanted of one table.
     *
     * @param where rows that match any of these; empty means all
     */
    public record TableSpec(
            Set<Column<?>> columns, Set<Column<?>> optional, List<Condition> where) {}

    /** A map column's entry with one key: rows can be found by its value. */
    public record EntryIndex(Column<?> column, Object key) {}

    private final Map<String, TableSpec> tables;
    private final Set<Column<?>> indexes;
    private final Set<EntryIndex> entryIndexes;
    private final Set<Column<?>> memberIndexes;

    private MonitorSpec(
            Map<String, TableSpec> tables,
            Set<Column<?>> indexes,
            Set<EntryIndex> entryIndexes,
            Set<Column<?>> memberIndexes) {
        this.tables = tables;
        this.indexes = indexes;
        this.entryIndexes = entryIndexes;
        this.memberIndexes = memberIndexes;
    }

    public Map<String, TableSpec> tables() {
        return tables;
    }

    public Set<Column<?>> indexes() {
        return indexes;
    }

    public Set<EntryIndex> entryIndexes() {
        return entryIndexes;
    }

    /** The set columns whose members lead to the rows that hold them. */
    public Set<Column<?>> memberIndexes() {
        return memberIndexes;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects a {@link MonitorSpec}. */
    public static final class Builder {
        private final Map<String, Set<Column<?>>> columns = new LinkedHashMap<>();
        private final Map<String, Set<Column<?>>> optional = new LinkedHashMap<>();
        private final Map<String, List<Condition>> where = new LinkedHashMap<>();
        private final Set<Column<?>> indexes = new LinkedHashSet<>();
        private final Set<EntryIndex> entryIndexes = new LinkedHashSet<>();
        private final Set<Column<?>> memberIndexes = new LinkedHashSet<>();

        private Builder() {}

        /**
         * Columns that we need of a table; the monitor fails with SchemaMismatch where one is
         * missing.
         */
        public Builder table(String table, Column<?>... wanted) {
            return table(table, Arrays.asList(wanted));
        }

        public Builder table(String table, Iterable<? extends Column<?>> wanted) {
            put(columns, table, wanted);
            return this;
        }

        /**
         * Columns, or a whole table of them, that older servers may lack: see {@link Row#getOr} and
         * {@link Row#has}.
         */
        public Builder optional(String table, Column<?>... wanted) {
            put(optional, table, Arrays.asList(wanted));
            return this;
        }

        private static void put(
                Map<String, Set<Column<?>>> map,
                String table,
                Iterable<? extends Column<?>> wanted) {
            var set = map.computeIfAbsent(table, _ -> new LinkedHashSet<>());
            for (var column : wanted) {
                if (!column.table().equals(table)) {
                    throw new IllegalArgumentException(
                            "column " + column + " asked for table " + table);
                }
                set.add(column);
            }
        }

        /** Only rows that match this or another condition given for the table. */
        public Builder where(Condition condition) {
            where.computeIfAbsent(condition.column().table(), _ -> new ArrayList<>())
                    .add(condition);
            return this;
        }

        /** Makes {@link Replica.View#find} work for a column that is asked for. */
        public Builder index(Column<?> column) {
            indexes.add(column);
            return this;
        }

        /**
         * Makes {@link Replica.View#findByMapEntry} work for one key of a map column that is asked
         * for.
         */
        public <K, V> Builder indexEntry(Column<Map<K, V>> column, K key) {
            entryIndexes.add(new EntryIndex(column, key));
            return this;
        }

        /** Makes {@link Replica.View#findByMember} work for a set column that is asked for. */
        public <E> Builder indexMembers(Column<Set<E>> column) {
            memberIndexes.add(column);
            return this;
        }

        public MonitorSpec build() {
            var names = new LinkedHashSet<>(columns.keySet());
            names.addAll(optional.keySet());
            var tables = new LinkedHashMap<String, TableSpec>();
            for (var name : names) {
                var must = columns.getOrDefault(name, Set.of());
                var may = new LinkedHashSet<>(optional.getOrDefault(name, Set.of()));
                may.removeAll(must);
                tables.put(
                        name,
                        new TableSpec(
                                Set.copyOf(must),
                                Set.copyOf(may),
                                List.copyOf(where.getOrDefault(name, List.of()))));
            }
            indexes.forEach(column -> requireAsked(tables, column));
            entryIndexes.forEach(entry -> requireAsked(tables, entry.column()));
            memberIndexes.forEach(column -> requireAsked(tables, column));
            where.keySet()
                    .forEach(
                            table -> {
                                if (!tables.containsKey(table)) {
                                    throw new IllegalArgumentException(
                                            "a condition for table "
                                                    + table
                                                    + ", which is not asked for");
                                }
                            });
            return new MonitorSpec(
                    Map.copyOf(tables),
                    Set.copyOf(indexes),
                    Set.copyOf(entryIndexes),
                    Set.copyOf(memberIndexes));
        }

        private static void requireAsked(Map<String, TableSpec> tables, Column<?> column) {
            var table = tables.get(column.table());
            if (table == null
                    || !(table.columns().contains(column) || table.optional().contains(column))) {
                throw new IllegalArgumentException(
                        "index on column " + column + ", which is not asked for");
            }
        }
    }
}
