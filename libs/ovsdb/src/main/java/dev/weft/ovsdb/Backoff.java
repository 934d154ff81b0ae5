package dev.weft.ovsdb;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before connecting again: doubled with every failure up to a maximum, then
 * spread, so that many clients of one server do not come back in the same moment.
 *
 * @param spread the share of the delay that is random, 0 to 1
 */
public record Backoff(Duration first, Duration most, double spread) {
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(8), 0.5);

    public Backoff {
        if (first.isNegative()
                || first.isZero()
                || most.compareTo(first) < 0
                || !(spread >= 0 && spread <= 1)) {
            throw new IllegalArgumentException(
                    "back-off first=%s most=%s spread=%s: need 0 < first <= most and 0 <= spread <= 1"
                            .formatted(first, most, spread));
        }
    }

    /**
     * The delay before the next attempt.
     *
     * @param failures how many attempts failed since the last success, from 1
     */
    public Duration delay(int failures, RandomGenerator random) {
        var doublings = Math.min(Math.max(failures - 1, 0), 30);
        var full = Math.min((double) first.toMillis() * (1L << doublings), most.toMillis());
        return Duration.ofMillis(
                Math.max(1, Math.round(full * (1 - spread * random.nextDouble()))));
    }
}
