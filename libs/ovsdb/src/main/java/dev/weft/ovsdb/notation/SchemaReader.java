package dev.weft.ovsdb.notation;

import dev.weft.ovsdb.AtomType;
import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a {@code <database-schema>} (RFC 7047 section 3.2). */
public final class SchemaReader {
    private SchemaReader() {}

    /**
     * Reads the reply of {@code get_schema}.
     *
     * @throws ProtocolError when it is no schema
     */
    public static DatabaseSchema read(Object json) {
        var schema = object(json, "schema");
        var tables = new LinkedHashMap<String, DatabaseSchema.Table>();
        object(schema.get("tables"), "tables")
                .forEach((name, table) -> tables.put((String) name, table(table)));
        return new DatabaseSchema(text(schema.get("name")), text(schema.get("version")), tables);
    }

    private static DatabaseSchema.Table table(Object json) {
        var table = object(json, "table");
        var columns = new LinkedHashMap<String, DatabaseSchema.ColumnSchema>();
        object(table.get("columns"), "columns")
                .forEach((name, column) -> columns.put((String) name, column(column)));
        var indexes = new ArrayList<List<String>>();
        if (table.get("indexes") instanceof List<?> sets) {
            for (var set : sets) {
                indexes.add(((List<?>) set).stream().map(Object::toString).toList());
            }
        }
        return new DatabaseSchema.Table(columns, indexes);
    }

    private static DatabaseSchema.ColumnSchema column(Object json) {
        var column = object(json, "column");
        var mutable = !Boolean.FALSE.equals(column.get("mutable"));
        if (!(column.get("type") instanceof Map<?, ?> type)) {
            return new DatabaseSchema.ColumnSchema(base(column.get("type")), null, 1, 1, mutable);
        }
        var value = type.get("value");
        return new DatabaseSchema.ColumnSchema(
                base(type.get("key")),
                value == null ? null : base(value),
                count(type.get("min")),
                count(type.get("max")),
                mutable);
    }

    private static AtomType base(@Nullable Object json) {
        var word = json instanceof Map<?, ?> base ? base.get("type") : json;
        try {
            return AtomType.of(text(word));
        } catch (IllegalArgumentException e) {
            throw new ProtocolError(String.valueOf(e.getMessage()), e);
        }
    }

    private static long count(@Nullable Object json) {
        return switch (json) {
            case null -> 1;
            case Long number -> number;
            case String word when word.equals("unlimited") -> Long.MAX_VALUE;
            default -> throw new ProtocolError("expected a number or \"unlimited\" in a schema");
        };
    }

    private static Map<?, ?> object(@Nullable Object json, String what) {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw new ProtocolError("a schema whose " + what + " is no object");
    }

    private static String text(@Nullable Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw new ProtocolError("expected a string in a schema");
    }
}
