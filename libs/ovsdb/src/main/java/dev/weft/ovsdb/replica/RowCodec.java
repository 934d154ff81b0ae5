package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.notation.Compact;
import dev.weft.ovsdb.notation.Notation;
import dev.weft.ovsdb.notation.ValueInterner;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Makes rows out of {@code <row>} (RFC 7047 section 5.1) and out of the differences of update2. */
public final class RowCodec {
    private final ValueInterner interner;

    public RowCodec(ValueInterner interner) {
        this.interner = interner;
    }

    public UUID uuid(String text) {
        return Notation.uuid(text, interner);
    }

    /** A row of a select; {@code json} has {@code _uuid}. */
    public ReplicaRow selected(TableLayout layout, Object json) {
        var uuid = ColumnType.UUID.decode(orMissing(object(json), "_uuid"), interner);
        return whole(layout, uuid, json);
    }

    private static Object orMissing(Map<?, ?> row, String name) {
        var value = row.get(name);
        if (value == null) {
            throw new ProtocolError("a row without " + name);
        }
        return value;
    }

    /** A row from all its columns; those left out have their defaults. */
    ReplicaRow whole(TableLayout layout, UUID uuid, Object json) {
        var row = object(json);
        var values = new Object[layout.columns().size()];
        for (var i = 0; i < values.length; i++) {
            var column = layout.columns().get(i);
            var value = row.get(column.name());
            values[i] =
                    value == null
                            ? column.type().defaultValue()
                            : column.type().decode(value, interner);
        }
        return new ReplicaRow(layout, uuid, values);
    }

    /**
     * A row after a {@code modify} of update2: for sets and maps the json has the difference, else
     * the new value.
     */
    ReplicaRow modified(ReplicaRow before, Object json) {
        var layout = before.layout();
        var values = before.values().clone();
        for (var entry : object(json).entrySet()) {
            var place = layout.place((String) entry.getKey());
            if (place >= 0) {
                var decoded = layout.columns().get(place).type().decode(entry.getValue(), interner);
                values[place] =
                        layout.isComposite(place) ? toggled(values[place], decoded) : decoded;
            }
        }
        return new ReplicaRow(layout, before.uuid(), values);
    }

    @SuppressWarnings("unchecked") // both were decoded with the same column's type
    private static Object toggled(Object before, Object difference) {
        return before instanceof Map<?, ?>
                ? Compact.toggled((Map<Object, Object>) before, (Map<Object, Object>) difference)
                : Compact.toggled((Set<Object>) before, (Set<Object>) difference);
    }

    static Map<?, ?> object(Object json) {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw new ProtocolError("expected a row, got " + json.getClass().getSimpleName());
    }
}
