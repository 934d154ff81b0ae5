package dev.weft.relay.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Json;
import dev.weft.bus.SnapshotHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The contents of one feed and the numbering of their changes. Objects are held as their JSON
 * bytes, which is a third of what trees or records cost. Every change gets the next position and
 * leaves as one message, in order, while the store is locked: the receiver must not block.
 *
 * <p>A put that changes nothing but {@code resourceVersion} is no change: neither a message nor a
 * new state.
 */
public final class FeedStore {
    private final String feed;
    private final UUID epoch;
    private final Consumer<FeedMessage> out;
    private final Map<String, byte[]> contents = new HashMap<>();
    private long position;

    /**
     * The contents at a position.
     *
     * @param objects key and JSON, unordered
     */
    public record Snapshot(SnapshotHeader header, List<Map.Entry<String, byte[]>> objects) {}

    /** How the feed stands. */
    public record Status(String feed, UUID epoch, long position, int objects) {}

    /**
     * @param epoch of this process
     */
    public FeedStore(String feed, UUID epoch, Consumer<FeedMessage> out) {
        this.feed = feed;
        this.epoch = epoch;
        this.out = out;
    }

    /** The feed's name. */
    public String feed() {
        return feed;
    }

    /** The key's object is this one now. Sends a message when that is news. */
    public synchronized void put(String key, JsonNode object) {
        var before = contents.get(key);
        if (before != null && sameButForVersion(before, object)) return;
        contents.put(key, bytes(object));
        out.accept(FeedMessage.upsert(feed, epoch, ++position, key, object));
    }

    /** The key has no object any more. Sends a message when it had one. */
    public synchronized void remove(String key) {
        if (contents.remove(key) != null)
            out.accept(FeedMessage.delete(feed, epoch, ++position, key));
    }

    /** Removes what a complete list of keys does not contain. */
    public synchronized void retainAll(Set<String> keys) {
        contents.keySet().stream()
                .filter(key -> !keys.contains(key))
                .toList()
                .forEach(this::remove);
    }

    /** What tells receivers where the feed stands. */
    public synchronized FeedMessage beacon() {
        return FeedMessage.beacon(feed, epoch, position);
    }

    /** The contents exactly as of the last position. */
    public synchronized Snapshot snapshot() {
        var objects = new ArrayList<Map.Entry<String, byte[]>>(contents.size());
        contents.forEach((key, json) -> objects.add(Map.entry(key, json)));
        return new Snapshot(new SnapshotHeader(feed, epoch, position), objects);
    }

    /** How the feed stands. */
    public synchronized Status status() {
        return new Status(feed, epoch, position, contents.size());
    }

    private static boolean sameButForVersion(byte[] before, JsonNode after) {
        try {
            return withoutVersion(Json.mapper().readTree(before))
                    .equals(withoutVersion(Json.mapper().readTree(bytes(after))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode withoutVersion(JsonNode object) {
        if (object instanceof ObjectNode view) view.remove("resourceVersion");
        if (object.get("metadata") instanceof ObjectNode metadata)
            metadata.remove("resourceVersion");
        return object;
    }

    private static byte[] bytes(JsonNode object) {
        try {
            return Json.mapper().writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
