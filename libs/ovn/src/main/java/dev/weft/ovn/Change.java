package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.NamedUuid;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is to happen to one row. */
public sealed interface Change {
    /** The row, for people. */
    RowRef row();

    /**
     * A row comes.
     *
     * @param name what the same transaction calls it
     * @param values the columns that do not get their default; references are {@link UUID} or
     *     {@link NamedUuid}
     */
    record Insert(RowRef row, NamedUuid name, Map<Column<?>, Object> values) implements Change {}

    /** A row changes in place. */
    record Modify(RowRef row, UUID uuid, List<Edit> edits) implements Change {}

    /** A row goes by itself. */
    record Delete(RowRef row, UUID uuid) implements Change {}

    /**
     * A row goes because the last set that it was in lets go of it: that edit is another change of
     * the same plan.
     */
    record Vanish(RowRef row, UUID uuid) implements Change {}

    /** What happens to one column of a row. */
    sealed interface Edit {
        Column<?> column();

        /** The column gets another value. */
        record Assign(Column<?> column, Object before, Object after) implements Edit {}

        /** Members come into a set and go out of it; the rest of it is neither sent nor touched. */
        record Members(Column<?> column, Set<Object> added, Set<Object> removed) implements Edit {}

        /** Entries come into a map, replacing those with the same key, and keys go out of it. */
        record Entries(
                Column<?> column,
                Map<Object, Object> put,
                Set<Object> removed,
                Set<Object> replaced)
                implements Edit {}
    }
}
