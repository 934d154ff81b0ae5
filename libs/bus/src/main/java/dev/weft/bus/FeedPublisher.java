package dev.weft.bus;

import java.util.concurrent.CompletionStage;

/** Sends the messages of feeds on their way. */
@FunctionalInterface
public interface FeedPublisher {

    /** A beacon that was not taken in this time is of no use. */
    int BEACON_SECONDS = 5;

    /**
     * A change that was not taken in this time will be learned from a snapshot; until then it can
     * wake a service that is scaled to zero. Bounds the queues of services that are away for long.
     */
    int CHANGE_SECONDS = 600;

    /**
     * Sends a message, in the order of the calls. Never blocks. UPSERT and DELETE are durable,
     * carry the key as group-id and live {@link #CHANGE_SECONDS}; a BEACON is not durable and lives
     * {@link #BEACON_SECONDS}.
     *
     * @return completes when the broker has the message; fails when it was dropped because too many
     *     wait already. Who publishes from memory ignores that (the positions reveal it), who
     *     publishes from an outbox sends again.
     */
    CompletionStage<Void> publish(FeedMessage message);
}
