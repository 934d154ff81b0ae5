package dev.weft.ovn.testing;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Row;
import java.util.Map;
import java.util.UUID;

/** A row of a {@link MemoryDatabase}. */
public record MemoryRow(String table, UUID uuid, Map<Column<?>, Object> values) implements Row {
    @Override
    @SuppressWarnings("unchecked") // the database puts only values of the column's type
    public <T> T get(Column<T> column) {
        if (!column.table().equals(table)) {
            throw new IllegalArgumentException(column + " of a row of " + table);
        }
        return (T) values.getOrDefault(column, column.type().defaultValue());
    }

    @Override
    public <T> T getOr(Column<T> column, T whenSchemaLacksIt) {
        return get(column);
    }

    @Override
    public boolean has(Column<?> column) {
        return column.table().equals(table);
    }
}
