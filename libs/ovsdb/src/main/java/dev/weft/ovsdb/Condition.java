package dev.weft.ovsdb;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.UUID;

/**
 * One clause of a {@code where} (RFC 7047 section 5.1, {@code <condition>}). In a transaction all
 * clauses must hold; in a conditional monitor any of them is enough.
 */
public record Condition(Column<?> column, Function function, Object value) {
    /** The comparisons of RFC 7047 section 5.1. */
    public enum Function {
        LESS("<"),
        LESS_OR_EQUAL("<="),
        EQUAL("=="),
        NOT_EQUAL("!="),
        GREATER_OR_EQUAL(">="),
        GREATER(">"),
        INCLUDES("includes"),
        EXCLUDES("excludes");

        private final String symbol;

        Function(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** The column holds exactly this. */
    public static <T> Condition equal(Column<T> column, T value) {
        return new Condition(column, Function.EQUAL, value);
    }

    /** The row with this UUID. */
    public static Condition uuid(String table, UUID uuid) {
        return new Condition(Column.uuid(table), Function.EQUAL, uuid);
    }

    /** The set or map holds at least these. */
    public static <T> Condition includes(Column<T> column, T value) {
        return new Condition(column, Function.INCLUDES, value);
    }

    /** Writes it as RFC 7047 section 5.1 says. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeString(column.name());
        out.writeString(function.symbol);
        column.type().encode(out, value);
        out.writeEndArray();
    }
}
