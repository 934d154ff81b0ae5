package dev.weft.bus;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one {@link ReconcileLoop}; does nothing without a registry. */
final class LoopMetrics {
    private final String loop;
    private final @Nullable MeterRegistry registry;

    LoopMetrics(String loop, @Nullable MeterRegistry registry) {
        this.loop = loop;
        this.registry = registry;
    }

    <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        if (registry != null) Gauge.builder(name, of, value).tag("loop", loop).register(registry);
    }

    /** A key began to run that had waited this long. */
    void waited(Duration time) {
        if (registry == null) return;
        Timer.builder("weft.reconcile.wait").tag("loop", loop).register(registry).record(time);
    }

    /** A run ended. */
    void ran(Duration time, Outcome outcome) {
        if (registry == null) return;
        var name =
                switch (outcome) {
                    case Outcome.Done() -> "done";
                    case Outcome.RetryAfter(_) -> "retry";
                    case Outcome.Failed(_, _) -> "failed";
                };
        Timer.builder("weft.reconcile.time")
                .tag("loop", loop)
                .tag("outcome", name)
                .register(registry)
                .record(time);
    }
}
