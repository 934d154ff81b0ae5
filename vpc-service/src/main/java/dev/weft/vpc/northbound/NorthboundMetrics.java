package dev.weft.vpc.northbound;

import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.OvnStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.ToLongFunction;

/** What was sent to the northbound database: {@code weft.northbound.*}. */
@ApplicationScoped
class NorthboundMetrics implements MeterBinder {

    private final Northbound northbound;

    NorthboundMetrics(Northbound northbound) {
        this.northbound = northbound;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "weft.northbound.transactions", OvnStatistics::transactions);
        counter(registry, "weft.northbound.refused", OvnStatistics::refused);
        counter(registry, "weft.northbound.rows", OvnStatistics::rows);
        counter(registry, "weft.northbound.applies", OvnStatistics::applies);
        counter(registry, "weft.northbound.unchanged", OvnStatistics::unchanged);
        Gauge.builder("weft.northbound.connected", northbound, n -> n.isConnected() ? 1 : 0)
                .register(registry);
        Gauge.builder("weft.northbound.lock", northbound, n -> n.holdsLock() ? 1 : 0)
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, ToLongFunction<OvnStatistics> value) {
        FunctionCounter.builder(
                        name,
                        northbound,
                        n ->
                                n.opened()
                                        .map(OvnDatabase::statistics)
                                        .map(value::applyAsLong)
                                        .orElse(0L))
                .register(registry);
    }
}
