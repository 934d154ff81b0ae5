package dev.weft.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands until the test moves it. */
final class ManualTimers implements Timers {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long sequence;
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::at).thenComparing(Pending::sequence));

    private record Pending(Instant at, long sequence, Runnable action) {}

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable action) {
        var entry = new Pending(now.plus(delay), sequence++, action);
        pending.add(entry);
        return () -> remove(entry);
    }

    private synchronized void remove(Pending entry) {
        pending.remove(entry);
    }

    /** Moves the clock and runs what is due on the way. */
    void advance(Duration by) {
        var until = now().plus(by);
        for (var next = due(until); next != null; next = due(until)) next.action().run();
        synchronized (this) {
            now = until;
        }
    }

    private synchronized Pending due(Instant until) {
        if (pending.isEmpty() || pending.peek().at().isAfter(until)) return null;
        var next = pending.remove();
        now = next.at();
        return next;
    }

    synchronized int alarms() {
        return pending.size();
    }
}
