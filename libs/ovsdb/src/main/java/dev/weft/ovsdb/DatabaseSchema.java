package dev.weft.ovsdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database's schema as its server tells it (RFC 7047 section 3.2), as far as a client needs it.
 *
 * @param version e.g. {@code 7.0.0}
 * @param tables by name
 */
public record DatabaseSchema(String name, String version, Map<String, Table> tables) {
    /**
     * @param columns by name
     * @param indexes sets of columns whose values are unique in the table
     */
    public record Table(Map<String, ColumnSchema> columns, List<List<String>> indexes) {
        public Table {
            columns = Map.copyOf(columns);
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * @param value the type of a map's values; null for all else
     * @param min 0 or 1
     * @param max {@link Long#MAX_VALUE} for unlimited
     */
    public record ColumnSchema(
            AtomType key, @Nullable AtomType value, long min, long max, boolean mutable) {
        static final ColumnSchema UUID = new ColumnSchema(AtomType.UUID, null, 1, 1, false);

        /**
         * Whether a monitor sends differences for it rather than the whole value (ovsdb-server(7),
         * update2).
         */
        public boolean isComposite() {
            return max > 1;
        }

        /** Whether every value of this column is a value of the type. */
        public boolean fits(ColumnType<?> type) {
            if (type.key() != key || type.value() != value) {
                return false;
            }
            return switch (type.shape()) {
                case SCALAR -> min == 1 && max == 1;
                case OPTIONAL -> max == 1;
                case SET, MAP -> true;
            };
        }

        @Override
        public String toString() {
            var atoms = value == null ? key.word() : key.word() + " to " + value.word();
            return min == 1 && max == 1
                    ? atoms
                    : "%d to %s of %s"
                            .formatted(min, max == Long.MAX_VALUE ? "unlimited" : max, atoms);
        }
    }

    public DatabaseSchema {
        tables = Map.copyOf(tables);
    }

    /** Whether the server has this column: a capability. */
    public boolean has(Column<?> column) {
        return column(column.table(), column.name()).isPresent();
    }

    public Optional<ColumnSchema> column(String table, String name) {
        var found = tables.get(table);
        if (found == null) {
            return Optional.empty();
        }
        return Column.UUID_NAME.equals(name)
                ? Optional.of(ColumnSchema.UUID)
                : Optional.ofNullable(found.columns().get(name));
    }

    /**
     * Compares with what is needed.
     *
     * @throws OvsdbException.SchemaMismatch naming every column that is missing or has another type
     */
    public void check(SchemaRequirements requirements) {
        var faults = new ArrayList<String>();
        requirements.required().forEach(column -> check(column, true, faults));
        requirements.optional().forEach(column -> check(column, false, faults));
        if (!faults.isEmpty()) {
            throw new OvsdbException.SchemaMismatch(
                    "database %s, schema version %s: %s"
                            .formatted(name, version, String.join("; ", faults)));
        }
    }

    private void check(Column<?> column, boolean required, List<String> faults) {
        if (!tables.containsKey(column.table())) {
            if (required) {
                faults.add(
                        "table "
                                + column.table()
                                + " is missing (for column "
                                + column.name()
                                + ")");
            }
            return;
        }
        var schema = column(column.table(), column.name());
        if (schema.isEmpty()) {
            if (required) {
                faults.add("column " + column + " is missing");
            }
        } else if (!schema.get().fits(column.type())) {
            faults.add("column " + column + " is " + schema.get() + ", we need " + column.type());
        }
    }
}
