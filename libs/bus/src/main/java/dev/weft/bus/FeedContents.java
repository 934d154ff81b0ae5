package dev.weft.bus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a view and those who listen to their changes. Reads are safe from any thread;
 * writes are made under the view's lock, so that listeners hear changes one at a time.
 */
final class FeedContents<V> {
    private static final Logger LOG = LoggerFactory.getLogger(FeedContents.class);

    private final String feed;
    private final Function<JsonNode, V> decode;
    private final Map<String, V> objects = new ConcurrentHashMap<>();
    private final List<Consumer<FeedView.Change<V>>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder undecodable = new LongAdder();

    /** What a snapshot holds, decoded. */
    final class Loaded {
        private final Map<String, V> values = new HashMap<>();
        private final Set<String> unknown = new HashSet<>();

        void add(String key, JsonNode json) {
            decoded(key, json)
                    .ifPresentOrElse(value -> values.put(key, value), () -> unknown.add(key));
        }
    }

    FeedContents(String feed, Function<JsonNode, V> decode) {
        this.feed = feed;
        this.decode = decode;
    }

    Map<String, V> objects() {
        return objects;
    }

    long undecodable() {
        return undecodable.sum();
    }

    /** Tells the listener what is there, and every change from now on. */
    void listen(Consumer<FeedView.Change<V>> listener) {
        objects.forEach((key, value) -> tell(listener, new FeedView.Change<>(key, null, value)));
        listeners.add(listener);
    }

    /** Becomes what was loaded; what cannot be decoded stays as it was. */
    void replace(Loaded loaded) {
        for (var key : List.copyOf(objects.keySet())) {
            if (!loaded.values.containsKey(key) && !loaded.unknown.contains(key)) set(key, null);
        }
        loaded.values.forEach(this::set);
    }

    /** Does what the message says. */
    void apply(FeedMessage message) {
        var json = message.object();
        if (json == null) set(message.key(), null);
        else decoded(message.key(), json).ifPresent(value -> set(message.key(), value));
    }

    private void set(String key, @Nullable V after) {
        var before = after == null ? objects.remove(key) : objects.put(key, after);
        if (Objects.equals(before, after)) return;
        var change = new FeedView.Change<>(key, before, after);
        listeners.forEach(listener -> tell(listener, change));
    }

    private void tell(Consumer<FeedView.Change<V>> listener, FeedView.Change<V> change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("{}: a listener failed on the change of {}", feed, change.key(), e);
        }
    }

    private Optional<V> decoded(String key, JsonNode json) {
        try {
            return Optional.of(decode.apply(json));
        } catch (RuntimeException e) {
            LOG.error(
                    "{}: object of {} cannot be read and is left as it was: {}",
                    feed,
                    key,
                    e.toString());
            undecodable.increment();
            return Optional.empty();
        }
    }
}
