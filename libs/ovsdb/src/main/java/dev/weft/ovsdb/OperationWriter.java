package dev.weft.ovsdb;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes operations as RFC 7047 section 5.2 says. */
final class OperationWriter {
    private OperationWriter() {}

    static void write(Operation operation, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("op", operation.word());
        var table = operation.aboutTable();
        if (table != null) {
            out.writeStringField("table", table);
        }
        switch (operation) {
            case Operation.Insert o -> {
                row(o.row(), out, "row");
                if (o.name() != null) {
                    out.writeStringField("uuid-name", o.name().name());
                }
            }
            case Operation.Select o -> {
                where(o.where(), out);
                selected(o.columns(), out);
            }
            case Operation.Update o -> {
                where(o.where(), out);
                row(o.row(), out, "row");
            }
            case Operation.Mutate o -> {
                where(o.where(), out);
                out.writeArrayFieldStart("mutations");
                for (var mutation : o.mutations()) {
                    mutation.write(out);
                }
                out.writeEndArray();
            }
            case Operation.Delete o -> where(o.where(), out);
            case Operation.Wait o -> waitFor(o, out);
            case Operation.Commit o -> out.writeBooleanField("durable", o.durable());
            case Operation.Comment o -> out.writeStringField("comment", o.text());
            case Operation.Assert o -> out.writeStringField("lock", o.lock());
            case Operation.Abort _ -> {}
        }
        out.writeEndObject();
    }

    private static void waitFor(Operation.Wait o, JsonGenerator out) throws IOException {
        if (o.timeout() != null) {
            out.writeNumberField("timeout", o.timeout().toMillis());
        }
        where(o.where(), out);
        columns(o.columns(), out);
        out.writeStringField("until", o.until().symbol());
        out.writeArrayFieldStart("rows");
        for (var row : o.rows()) {
            row(row, out);
        }
        out.writeEndArray();
    }

    private static void where(List<Condition> where, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("where");
        for (var condition : where) {
            condition.write(out);
        }
        out.writeEndArray();
    }

    private static void columns(List<Column<?>> columns, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("columns");
        for (var column : columns) {
            out.writeString(column.name());
        }
        out.writeEndArray();
    }

    /** The columns of a select and, to know the rows by, always the UUID. */
    private static void selected(List<Column<?>> columns, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("columns");
        out.writeString(Column.UUID_NAME);
        for (var column : columns) {
            if (!column.name().equals(Column.UUID_NAME)) {
                out.writeString(column.name());
            }
        }
        out.writeEndArray();
    }

    private static void row(Map<Column<?>, Object> row, JsonGenerator out, String field)
            throws IOException {
        out.writeFieldName(field);
        row(row, out);
    }

    private static void row(Map<Column<?>, Object> row, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (var entry : row.entrySet()) {
            out.writeFieldName(entry.getKey().name());
            try {
                entry.getKey().type().encode(out, entry.getValue());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "column " + entry.getKey() + ": " + e.getMessage(), e);
            }
        }
        out.writeEndObject();
    }
}
