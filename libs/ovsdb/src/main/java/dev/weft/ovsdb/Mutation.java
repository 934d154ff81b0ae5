package dev.weft.ovsdb;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A change relative to what the row holds (RFC 7047 section 5.1, {@code <mutation>}).
 *
 * @param value for {@link Mutator#INSERT}: a set or map; for {@link Mutator#DELETE}: a set, a map,
 *     or for a map column a collection of keys; else a number
 */
public record Mutation(Column<?> column, Mutator mutator, Object value) {
    /** The mutators of RFC 7047 section 5.1. */
    public enum Mutator {
        ADD("+="),
        SUBTRACT("-="),
        MULTIPLY("*="),
        DIVIDE("/="),
        MODULO("%="),
        /**
         * Adds members to a set, or pairs to a map whose key is not there yet: it does not
         * overwrite.
         */
        INSERT("insert"),
        /**
         * Takes members out of a set, or pairs (given as map) or keys (given as collection) out of
         * a map.
         */
        DELETE("delete");

        private final String symbol;

        Mutator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    public static Mutation insert(Column<?> column, Object members) {
        return new Mutation(column, Mutator.INSERT, members);
    }

    public static Mutation delete(Column<?> column, Object members) {
        return new Mutation(column, Mutator.DELETE, members);
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeString(column.name());
        out.writeString(mutator.symbol);
        column.type().encode(out, value);
        out.writeEndArray();
    }
}
