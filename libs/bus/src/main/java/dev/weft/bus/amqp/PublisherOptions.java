package dev.weft.bus.amqp;

import dev.weft.bus.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The bounds and helpers of an {@link AmqpFeedPublisher}.
 *
 * @param waitingMost messages that wait for the broker at most; further ones are dropped
 * @param unackedMost messages sent and not acknowledged at most
 * @param address from a feed's name to the AMQP address, as for {@link String#format}: {@code %s}
 *     for Artemis, {@code /exchanges/weft/%s} for RabbitMQ 4
 * @param backoff between attempts to connect
 * @param random for the jitter
 */
public record PublisherOptions(
        int waitingMost, int unackedMost, String address, Backoff backoff, RandomGenerator random) {

    /** 10,000 waiting, 1,000 unacknowledged, Artemis' addresses, 100 ms to 2 s. */
    public static PublisherOptions defaults() {
        return new PublisherOptions(
                10_000,
                1_000,
                "%s",
                Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(2)),
                RandomGenerator.getDefault());
    }

    /** The same with another address pattern. */
    public PublisherOptions withAddress(String pattern) {
        return new PublisherOptions(waitingMost, unackedMost, pattern, backoff, random);
    }

    /** The same with another bound of waiting messages. */
    public PublisherOptions withWaitingMost(int most) {
        return new PublisherOptions(most, unackedMost, address, backoff, random);
    }
}
