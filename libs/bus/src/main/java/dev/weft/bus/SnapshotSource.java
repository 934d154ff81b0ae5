package dev.weft.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * Where a {@link FeedView} gets snapshots from: the producer over HTTP ({@link SnapshotClient}), or
 * a test.
 */
@FunctionalInterface
public interface SnapshotSource {

    /**
     * Reads a whole snapshot, blocking.
     *
     * @param entries gets each key and object
     * @throws IOException when it cannot be had, or ended before its end line: what {@code entries}
     *     got is then worth nothing
     */
    SnapshotHeader read(String feed, BiConsumer<String, JsonNode> entries)
            throws IOException, InterruptedException;
}
