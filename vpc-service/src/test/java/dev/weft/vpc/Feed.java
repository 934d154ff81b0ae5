package dev.weft.vpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Json;
import dev.weft.bus.SnapshotHeader;
import dev.weft.bus.SnapshotWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The producer's side of one feed: what it holds, as snapshot and as messages. */
final class Feed {

    private final String name;
    private final UUID epoch = UUID.randomUUID();
    private final Map<String, JsonNode> objects = new LinkedHashMap<>();
    private long position;

    Feed(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    synchronized byte[] put(String key, Object object) {
        JsonNode json = Json.mapper().valueToTree(object);
        objects.put(key, json);
        return FeedMessage.upsert(name, epoch, ++position, key, json).toBytes();
    }

    synchronized byte[] remove(String key) {
        objects.remove(key);
        return FeedMessage.delete(name, epoch, ++position, key).toBytes();
    }

    synchronized void snapshot(OutputStream out) throws IOException {
        var writer = new SnapshotWriter(out, new SnapshotHeader(name, epoch, position));
        for (var entry : objects.entrySet()) {
            writer.entry(entry.getKey(), entry.getValue());
        }
        writer.end();
    }
}
