package dev.weft.bus;

import java.util.concurrent.CompletionStage;

/** Sends the messages of feeds on their way. */
@FunctionalInterface
public interface FeedPublisher {

    /**
     * Sends a message, in the order of the calls. Never blocks. UPSERT and DELETE are durable and
     * carry the key as group-id; a BEACON is not durable and lives {@link #BEACON_SECONDS}.
     *
     * @return completes when the broker has the message; fails when it was dropped because too many
     *     wait already. Who publishes from memory ignores that (the positions reveal it), who
     *     publishes from an outbox sends again.
     */
    CompletionStage<Void> publish(FeedMessage message);

    /** A beacon that was not taken in this time is of no use. */
    int BEACON_SECONDS = 5;
}
