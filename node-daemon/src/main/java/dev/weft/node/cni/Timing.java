package dev.weft.node.cni;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Measures one command: how long it took, and how long each of its parts. */
final class Timing {
    /** The parts that a command's time is split into. */
    enum Part {
        /** Waiting until IPAM has written the pod's annotations. */
        ANNOTATIONS,
        /** Waiting for one of the few places where kernel and OVS are changed. */
        QUEUE,
        /** Interfaces, addresses and routes. */
        NETLINK,
        /** The transaction in the node's database. */
        OVSDB,
        /** Waiting until ovn-controller has installed the flows. */
        INSTALLED
    }

    private final long start = System.nanoTime();
    private final Map<Part, Long> parts = new EnumMap<>(Part.class);

    /** Does this and adds its time to the part. */
    <T> T of(Part part, Supplier<T> action) {
        long before = System.nanoTime();
        try {
            return action.get();
        } finally {
            parts.merge(part, System.nanoTime() - before, Long::sum);
        }
    }

    /** Does this and adds its time to the part. */
    void run(Part part, Runnable action) {
        Supplier<Boolean> supplier =
                () -> {
                    action.run();
                    return true;
                };
        of(part, supplier);
    }

    /** Hands the times to the metrics {@code weft.cni} and {@code weft.cni.part}. */
    void record(MeterRegistry metrics, String command, String outcome) {
        Timer.builder("weft.cni")
                .description("CNI commands, whole")
                .tag("command", command)
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(metrics)
                .record(Duration.ofNanos(System.nanoTime() - start));
        parts.forEach(
                (part, nanos) ->
                        Timer.builder("weft.cni.part")
                                .description("What the time of CNI commands is spent on")
                                .tag("command", command)
                                .tag("part", name(part))
                                .publishPercentileHistogram()
                                .register(metrics)
                                .record(Duration.ofNanos(nanos)));
    }

    /** For the header {@code Server-Timing}: {@code total;dur=12.3, netlink;dur=2.1} in ms. */
    String header() {
        var text = new StringJoiner(", ");
        text.add("total;dur=" + millis(System.nanoTime() - start));
        parts.forEach((part, nanos) -> text.add(name(part) + ";dur=" + millis(nanos)));
        return text.toString();
    }

    private static String name(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
