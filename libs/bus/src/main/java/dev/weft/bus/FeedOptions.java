package dev.weft.bus;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The bounds and helpers of a {@link FeedView}.
 *
 * @param gapWindow how long missing messages may still arrive before a snapshot is loaded
 * @param reorderWindow messages kept beyond a gap at most
 * @param bufferSize messages kept while a snapshot loads at most; what is beyond is lost and found
 *     by its position
 * @param backoff between failed snapshots
 * @param timers clock and alarms
 * @param executor where snapshots are read, blocking
 * @param random for the jitter
 */
public record FeedOptions(
        Duration gapWindow,
        int reorderWindow,
        int bufferSize,
        Backoff backoff,
        Timers timers,
        Executor executor,
        RandomGenerator random) {

    /**
     * What services use: 300 ms, 1,024 and 10,000 messages, retries between 100 ms and 2 s, virtual
     * threads.
     */
    public static FeedOptions defaults() {
        return new FeedOptions(
                Duration.ofMillis(300),
                1_024,
                10_000,
                Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(2)),
                Timers.system(),
                task -> Thread.ofVirtual().name("weft-snapshot").start(task),
                RandomGenerator.getDefault());
    }
}
