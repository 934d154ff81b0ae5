package dev.weft.relay;

import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.relay.feed.Beacon;
import dev.weft.relay.feed.Feed;
import dev.weft.relay.feed.FeedStore;
import dev.weft.relay.watch.Kind;
import dev.weft.relay.watch.ListWatch;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Watches Kubernetes once for the whole control plane: one list and watch a kind, each into a feed
 * with positions of this process' epoch. Writes nothing.
 */
@ApplicationScoped
public class Relay {
    private final KubernetesClient client;
    private final AmqpFeedPublisher publisher;
    private final RelayConfig config;
    private final UUID epoch = UUID.randomUUID();
    private final Map<String, Relayed> feeds = new LinkedHashMap<>();

    /** A feed and what fills it. */
    public record Relayed(FeedStore store, ListWatch<?> watch, Beacon beacon) {}

    Relay(KubernetesClient client, AmqpFeedPublisher publisher, RelayConfig config) {
        this.client = client;
        this.publisher = publisher;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        Kind.all().forEach(this::relay);
        publisher.onConnect(() -> feeds.values().forEach(feed -> feed.beacon().start()));
    }

    void stop(@Observes ShutdownEvent event) {
        for (var feed : feeds.values()) {
            feed.watch().close();
            feed.beacon().close();
        }
    }

    /** The feeds, by name. */
    public Map<String, Relayed> feeds() {
        return Collections.unmodifiableMap(feeds);
    }

    /** The feed of this name. */
    public Optional<Relayed> feed(String name) {
        return Optional.ofNullable(feeds.get(name));
    }

    /** The names of the kinds that were not listed yet. */
    public Collection<String> missing() {
        return feeds.values().stream()
                .filter(feed -> !feed.watch().status().listed())
                .map(feed -> feed.store().feed())
                .toList();
    }

    private <T extends HasMetadata> void relay(Kind<T> kind) {
        var feed = new Feed(kind.feed(), epoch, publisher);
        var watch =
                ListWatch.start(
                        kind, client, feed.store(), config.pageSize(), feed.beacon()::start);
        feeds.put(kind.feed(), new Relayed(feed.store(), watch, feed.beacon()));
    }
}
