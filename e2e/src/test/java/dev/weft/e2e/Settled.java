package dev.weft.e2e;

import dev.weft.lab.host.Poll;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Waiting until a count no longer changes. */
final class Settled {
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Settled() {}

    /** Returns when the count has been the same for 3 s. */
    static void await(LongSupplier count) {
        long[] last = {count.getAsLong(), System.nanoTime()};
        Poll.until(
                "a count to settle",
                LIMIT,
                () -> {
                    long now = count.getAsLong();
                    if (now != last[0]) {
                        last[0] = now;
                        last[1] = System.nanoTime();
                    }
                    return System.nanoTime() - last[1] > QUIET.toNanos();
                });
    }
}
