package dev.weft.bus;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with jitter.
 *
 * @param first delay after the first failure
 * @param most no delay is longer
 * @param jitter part of the delay that is random, 0 to 1: 0.5 gives a delay between half and the
 *     whole
 */
public record Backoff(Duration first, Duration most, double jitter) {

    public Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off needs 0 < first <= most, got %s and %s".formatted(first, most));
        }
        if (jitter < 0 || jitter > 1)
            throw new IllegalArgumentException("jitter must be between 0 and 1, got " + jitter);
    }

    /** Doubling from {@code first} to {@code most}, half of it random. */
    public static Backoff between(Duration first, Duration most) {
        return new Backoff(first, most, 0.5);
    }

    /**
     * @param failures how many failures in a row, at least 1
     */
    public Duration delay(int failures, RandomGenerator random) {
        var doubled = first.toNanos() * Math.pow(2, Math.min(failures - 1, 40));
        var whole = Math.min(doubled, (double) most.toNanos());
        return Duration.ofNanos((long) (whole * (1 - jitter * random.nextDouble())));
    }
}
