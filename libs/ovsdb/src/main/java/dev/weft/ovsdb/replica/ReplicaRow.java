package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Row;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as an array of values in the order of its table's layout: no names are repeated in memory.
 */
public final class ReplicaRow implements Row {
    private final TableLayout layout;
    private final UUID uuid;
    private final Object[] values;

    ReplicaRow(TableLayout layout, UUID uuid, Object[] values) {
        this.layout = layout;
        this.uuid = uuid;
        this.values = values;
    }

    @Override
    public String table() {
        return layout.table();
    }

    @Override
    public UUID uuid() {
        return uuid;
    }

    @Override
    @SuppressWarnings("unchecked") // the value was decoded with this very column's type
    public <T> T get(Column<T> column) {
        if (column.name().equals(Column.UUID_NAME)) {
            return (T) uuid;
        }
        return (T) values[layout.require(column)];
    }

    @Override
    public <T> T getOr(Column<T> column, T whenSchemaLacksIt) {
        return has(column) ? get(column) : whenSchemaLacksIt;
    }

    @Override
    public boolean has(Column<?> column) {
        return layout.has(column) || column.name().equals(Column.UUID_NAME);
    }

    TableLayout layout() {
        return layout;
    }

    /** The values, not to be changed. */
    Object[] values() {
        return values;
    }

    boolean sameAs(ReplicaRow other) {
        return layout == other.layout
                && uuid.equals(other.uuid)
                && Arrays.equals(values, other.values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReplicaRow that
                && uuid.equals(that.uuid)
                && layout.equals(that.layout)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return uuid.hashCode();
    }

    @Override
    public String toString() {
        var text = new StringBuilder(layout.table()).append('{').append(uuid);
        for (var i = 0; i < values.length; i++) {
            text.append(", ").append(layout.columns().get(i).name()).append('=').append(values[i]);
        }
        return text.append('}').toString();
    }
}
