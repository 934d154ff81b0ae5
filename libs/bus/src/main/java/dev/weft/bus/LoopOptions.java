package dev.weft.bus;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The bounds and helpers of a {@link ReconcileLoop}.
 *
 * @param name for metrics, logs and threads: {@code ipam.pod}
 * @param parallelism keys that run at once at most
 * @param backoff after failures
 * @param registry for metrics, null for none
 * @param timers clock and alarms
 * @param random for the jitter
 */
public record LoopOptions(
        String name,
        int parallelism,
        Backoff backoff,
        @Nullable MeterRegistry registry,
        Timers timers,
        RandomGenerator random) {

    public LoopOptions {
        if (parallelism < 1)
            throw new IllegalArgumentException(
                    "parallelism must be at least 1, got " + parallelism);
    }

    /** 16 keys at once, retries between 50 ms and 5 s, no metrics. */
    public static LoopOptions named(String name) {
        return new LoopOptions(
                name,
                16,
                Backoff.between(Duration.ofMillis(50), Duration.ofSeconds(5)),
                null,
                Timers.system(),
                RandomGenerator.getDefault());
    }

    public LoopOptions withParallelism(int most) {
        return new LoopOptions(name, most, backoff, registry, timers, random);
    }

    public LoopOptions withBackoff(Backoff other) {
        return new LoopOptions(name, parallelism, other, registry, timers, random);
    }

    public LoopOptions withMetrics(@Nullable MeterRegistry other) {
        return new LoopOptions(name, parallelism, backoff, other, timers, random);
    }

    public LoopOptions withTimers(Timers other) {
        return new LoopOptions(name, parallelism, backoff, registry, other, random);
    }

    public LoopOptions withRandom(RandomGenerator other) {
        return new LoopOptions(name, parallelism, backoff, registry, timers, other);
    }
}
