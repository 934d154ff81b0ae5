package dev.weft.relay;

import dev.weft.bus.amqp.AmqpFeedPublisher;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;

/**
 * Tagged with {@code feed}: {@code weft.relay.objects}, {@code weft.relay.messages} (= the
 * position), {@code weft.relay.lists}, {@code weft.relay.watches}, {@code weft.relay.watching},
 * {@code weft.relay.untrimmable}. Of the broker: {@code weft.relay.broker.connected}, {@code .held}
 * (messages it has not acknowledged: the lag), {@code .acknowledged}, {@code .dropped}.
 */
@ApplicationScoped
class RelayMetrics {
    private static final int AFTER_THE_FEEDS = 5000;

    void register(
            @Observes @Priority(AFTER_THE_FEEDS) StartupEvent event,
            Relay relay,
            AmqpFeedPublisher publisher,
            MeterRegistry registry) {
        relay.feeds().values().forEach(feed -> register(feed, registry));
        Gauge.builder("weft.relay.broker.connected", publisher, p -> p.status().connected() ? 1 : 0)
                .register(registry);
        Gauge.builder("weft.relay.broker.held", publisher, p -> p.status().held())
                .register(registry);
        FunctionCounter.builder(
                        "weft.relay.broker.acknowledged", publisher, p -> p.status().acknowledged())
                .register(registry);
        FunctionCounter.builder("weft.relay.broker.dropped", publisher, p -> p.status().dropped())
                .register(registry);
    }

    private static void register(Relay.Relayed feed, MeterRegistry registry) {
        gauge("weft.relay.objects", feed, f -> f.store().status().objects(), registry);
        gauge("weft.relay.watching", feed, f -> f.watch().status().watching() ? 1 : 0, registry);
        counter("weft.relay.messages", feed, f -> f.store().status().position(), registry);
        counter("weft.relay.lists", feed, f -> f.watch().status().lists(), registry);
        counter("weft.relay.watches", feed, f -> f.watch().status().watches(), registry);
        counter("weft.relay.untrimmable", feed, f -> f.watch().status().untrimmable(), registry);
    }

    private static void gauge(
            String name,
            Relay.Relayed feed,
            ToDoubleFunction<Relay.Relayed> value,
            MeterRegistry registry) {
        Gauge.builder(name, feed, value).tag("feed", feed.store().feed()).register(registry);
    }

    private static void counter(
            String name,
            Relay.Relayed feed,
            ToDoubleFunction<Relay.Relayed> value,
            MeterRegistry registry) {
        FunctionCounter.builder(name, feed, value)
                .tag("feed", feed.store().feed())
                .register(registry);
    }
}
