package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What must still be so when the database gets our transaction; becomes a {@code wait} that fails
 * at once.
 */
public sealed interface Guard {
    /**
     * Nobody made a row of this name meanwhile; for tables where the database does not keep names
     * unique.
     */
    record NameFree(Column<String> column, String name) implements Guard {}

    /** The row, which is not ours, is still there: a mutation of no row would pass silently. */
    record RowThere(Table table, UUID uuid) implements Guard {}

    /** Nobody put another row into one that we delete: it would go too. */
    record ChildrenAre(Table table, UUID uuid, Map<Column<Set<UUID>>, Set<UUID>> children)
            implements Guard {}
}
