package dev.weft.ovsdb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One operation of a transaction, as a value (RFC 7047 section 5.2). */
public sealed interface Operation {
    /** Adds a row (5.2.1); columns left out get their defaults. */
    record Insert(String table, @Nullable NamedUuid name, Map<Column<?>, Object> row)
            implements Operation {}

    /** Gives out the matching rows (5.2.2). */
    record Select(String table, List<Condition> where, List<Column<?>> columns)
            implements Operation {}

    /** Sets columns of the matching rows (5.2.3). */
    record Update(String table, List<Condition> where, Map<Column<?>, Object> row)
            implements Operation {}

    /** Changes columns of the matching rows relative to what they hold (5.2.4). */
    record Mutate(String table, List<Condition> where, List<Mutation> mutations)
            implements Operation {}

    /** Removes the matching rows (5.2.5). */
    record Delete(String table, List<Condition> where) implements Operation {}

    /** Holds the transaction back until the matching rows are, or are not, as given (5.2.6). */
    record Wait(
            String table,
            List<Condition> where,
            List<Column<?>> columns,
            Until until,
            List<Map<Column<?>, Object>> rows,
            @Nullable Duration timeout)
            implements Operation {}

    /** Waits until the transaction is on disk before it is answered (5.2.7). */
    record Commit(boolean durable) implements Operation {}

    /** Gives the transaction up (5.2.8): nothing before it takes effect. */
    record Abort() implements Operation {}

    /** Words for the database's log (5.2.9). */
    record Comment(String text) implements Operation {}

    /** Fails the transaction unless this session holds the lock (5.2.10). */
    record Assert(String lock) implements Operation {}

    /** What {@link Wait} waits for. */
    enum Until {
        EQUAL("=="),
        NOT_EQUAL("!=");

        private final String symbol;

        Until(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** The operation's name on the wire. */
    default String word() {
        return switch (this) {
            case Insert _ -> "insert";
            case Select _ -> "select";
            case Update _ -> "update";
            case Mutate _ -> "mutate";
            case Delete _ -> "delete";
            case Wait _ -> "wait";
            case Commit _ -> "commit";
            case Abort _ -> "abort";
            case Comment _ -> "comment";
            case Assert _ -> "assert";
        };
    }

    /** The table that the operation is about; null where it is about none. */
    default @Nullable String aboutTable() {
        return switch (this) {
            case Insert o -> o.table();
            case Select o -> o.table();
            case Update o -> o.table();
            case Mutate o -> o.table();
            case Delete o -> o.table();
            case Wait o -> o.table();
            case Commit _, Abort _, Comment _, Assert _ -> null;
        };
    }
}
