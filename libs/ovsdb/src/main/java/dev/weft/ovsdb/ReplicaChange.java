package dev.weft.ovsdb;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction of the server, or one loading of the contents, changed in a replica.
 *
 * @param reset true when the contents were loaded anew after a reconnect without resume: many
 *     transactions may have happened; {@code rows} is the difference to what the replica held
 */
public record ReplicaChange(boolean reset, List<RowChange> rows) {
    /** A row that came (before is null), changed, or went (after is null). */
    public record RowChange(String table, UUID uuid, @Nullable Row before, @Nullable Row after) {}
}
