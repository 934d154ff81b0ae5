package dev.weft.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of a feed. A message wakes; it is never the truth: it may be lost, doubled, late or out
 * of order, and {@link PositionTracker} tells which.
 *
 * @param feed the feed's name, see {@link Feeds}
 * @param epoch the life of the producer's numbering: another epoch means that positions started
 *     anew
 * @param position 1, 2, 3, … within the epoch for UPSERT and DELETE; for BEACON the position of the
 *     last message before it, 0 when there is none
 * @param type what happened
 * @param key the object's key within the feed, empty for BEACON
 * @param object the object, present exactly for UPSERT
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedMessage(
        String feed, UUID epoch, long position, Type type, String key, @Nullable JsonNode object) {

    /** What a message says. */
    public enum Type {
        /** The object of the key is now {@code object}. */
        UPSERT,
        /** The key has no object any more. */
        DELETE,
        /**
         * Nothing happened: the feed stands at {@code position}. Reveals that the last messages
         * were lost.
         */
        BEACON
    }

    /** Refuses what no producer of ours sends, naming the field. */
    public FeedMessage {
        if (feed == null || feed.isEmpty()) throw new IllegalArgumentException("feed is missing");
        if (epoch == null) throw new IllegalArgumentException("epoch is missing");
        if (type == null) throw new IllegalArgumentException("type is missing");
        key = key == null ? "" : key;
        if (object != null && object.isNull()) object = null;
        if (position < (type == Type.BEACON ? 0 : 1)) {
            throw new IllegalArgumentException(
                    "position %d of a %s is too small".formatted(position, type));
        }
        if (key.isEmpty() != (type == Type.BEACON)) {
            throw new IllegalArgumentException("key '%s' does not fit a %s".formatted(key, type));
        }
        if ((object != null) != (type == Type.UPSERT)) {
            throw new IllegalArgumentException(
                    "object must be there exactly for UPSERT, this is a " + type);
        }
    }

    /** The object of the key is now this one. */
    public static FeedMessage upsert(
            String feed, UUID epoch, long position, String key, JsonNode object) {
        return new FeedMessage(feed, epoch, position, Type.UPSERT, key, object);
    }

    /** The key's object is gone. */
    public static FeedMessage delete(String feed, UUID epoch, long position, String key) {
        return new FeedMessage(feed, epoch, position, Type.DELETE, key, null);
    }

    /** The feed stands at this position. */
    public static FeedMessage beacon(String feed, UUID epoch, long position) {
        return new FeedMessage(feed, epoch, position, Type.BEACON, "", null);
    }

    /**
     * Reads a message from its JSON form.
     *
     * @throws IllegalArgumentException when it is not JSON or a field is missing or wrong
     */
    public static FeedMessage parse(byte[] json) {
        try {
            var message = Json.mapper().readValue(json, FeedMessage.class);
            if (message == null) throw new IllegalArgumentException("not a feed message: null");
            return message;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a feed message: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON form, UTF-8, one line. */
    public byte[] toBytes() {
        try {
            return Json.mapper().writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + feed + " message of " + key, e);
        }
    }
}
