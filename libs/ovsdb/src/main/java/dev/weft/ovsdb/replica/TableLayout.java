package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.MonitorSpec.TableSpec;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.SchemaRequirements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which column is at which place of a row's values, and how the server sends its changes. Shared by
 * all rows of a table.
 */
public final class TableLayout {
    private final String table;
    private final List<Column<?>> columns;
    private final Set<Column<?>> missing;
    private final List<Boolean> composite;
    private final Map<String, Integer> places = new HashMap<>();

    private TableLayout(
            String table,
            List<Column<?>> columns,
            Set<Column<?>> missing,
            List<Boolean> composite) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.missing = Set.copyOf(missing);
        this.composite = List.copyOf(composite);
        for (var i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
        }
    }

    /** The layout of the rows that a select gives. */
    public static TableLayout of(String table, List<Column<?>> columns) {
        return new TableLayout(table, columns, Set.of(), columns.stream().map(_ -> false).toList());
    }

    /**
     * The layout of a monitored table; null when the table is optional and the server lacks it.
     *
     * @throws OvsdbException.SchemaMismatch when a wanted column is missing or has another type
     */
    public static @Nullable TableLayout of(String table, TableSpec spec, DatabaseSchema schema) {
        schema.check(
                new SchemaRequirements(List.copyOf(spec.columns()), List.copyOf(spec.optional())));
        var columns = new ArrayList<Column<?>>();
        var missing = new LinkedHashSet<Column<?>>();
        var composite = new ArrayList<Boolean>();
        var wanted = new LinkedHashSet<>(spec.columns());
        wanted.addAll(spec.optional());
        for (var column : wanted) {
            if (column.name().equals(Column.UUID_NAME)) {
                continue;
            }
            var known = schema.column(table, column.name());
            if (known.isPresent()) {
                columns.add(column);
                composite.add(known.get().isComposite());
            } else {
                missing.add(column);
            }
        }
        return schema.tables().containsKey(table)
                ? new TableLayout(table, columns, missing, composite)
                : null;
    }

    String table() {
        return table;
    }

    List<Column<?>> columns() {
        return columns;
    }

    /** Whether a modification of the column comes as a difference (ovsdb-server(7), update2). */
    boolean isComposite(int place) {
        return composite.get(place);
    }

    /** The place of a column by its name; -1 when it is not among them. */
    int place(String name) {
        return places.getOrDefault(name, -1);
    }

    boolean has(Column<?> column) {
        var place = place(column.name());
        return place >= 0 && columns.get(place).equals(column);
    }

    /**
     * The place of a column.
     *
     * @throws IllegalArgumentException saying why it is not here
     */
    int require(Column<?> column) {
        var place = place(column.name());
        if (place >= 0 && columns.get(place).equals(column)) {
            return place;
        }
        if (!column.table().equals(table)) {
            throw new IllegalArgumentException("column " + column + " read from a row of " + table);
        }
        if (place >= 0) {
            throw new IllegalArgumentException(
                    "column %s was asked for as %s, not as %s"
                            .formatted(column, columns.get(place).type(), column.type()));
        }
        throw new IllegalArgumentException(
                missing.contains(column)
                        ? "the server's schema lacks column " + column
                        : "column " + column + " was not asked for");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TableLayout that
                && table.equals(that.table)
                && columns.equals(that.columns)
                && missing.equals(that.missing)
                && composite.equals(that.composite);
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, columns);
    }
}
