package dev.weft.relay.api;

import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.relay.Relay;
import dev.weft.relay.feed.FeedStore;
import dev.weft.relay.watch.ListWatch;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** How the feeds stand. */
@Path("/v1/feeds")
public class FeedsResource {
    private final Relay relay;
    private final AmqpFeedPublisher publisher;

    FeedsResource(Relay relay, AmqpFeedPublisher publisher) {
        this.relay = relay;
        this.publisher = publisher;
    }

    /** One feed: its epoch, position and size, and the watch behind it. */
    public record FeedState(FeedStore.Status contents, ListWatch.Status watch) {}

    /** All feeds and the way to the broker. */
    public record FeedsState(List<FeedState> feeds, AmqpFeedPublisher.Status broker) {}

    /** All feeds. */
    @GET
    public FeedsState feeds() {
        return new FeedsState(
                relay.feeds().values().stream()
                        .map(feed -> new FeedState(feed.store().status(), feed.watch().status()))
                        .toList(),
                publisher.status());
    }
}
