package dev.weft.node.cni;

import dev.weft.cni.CniRequest;
import java.time.Duration;

/** By when a command must have its outcome. */
record Deadline(long endNanos, Duration whole) {
    /** What is kept back for cleaning up and for the way to the runtime. */
    private static final Duration RESERVE = Duration.ofSeconds(1);

    static Deadline of(CniRequest request, Duration usual) {
        Duration patience = request.config().timeout();
        Duration whole =
                patience == null || patience.minus(RESERVE).compareTo(usual) > 0
                        ? usual
                        : patience.minus(RESERVE);
        return in(whole.isNegative() ? Duration.ZERO : whole);
    }

    static Deadline in(Duration whole) {
        return new Deadline(System.nanoTime() + whole.toNanos(), whole);
    }

    /** Never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    @Override
    public String toString() {
        return whole.toMillis() + " ms";
    }
}
