package dev.weft.relay.feed;

import dev.weft.bus.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says where a feed stands 1, 2, 4, … 30 seconds after its last message, and every 30 seconds from
 * then on, so that receivers notice a lost last message. One alarm at a time, however many messages
 * there are.
 */
public final class Beacon implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(30);

    private final Timers timers;
    private final Runnable send;
    private Duration delay = FIRST;
    private boolean messageSince;
    private boolean closed;
    private Timers.@Nullable Alarm alarm;

    /**
     * @param send sends the beacon; must not block
     */
    public Beacon(Timers timers, Runnable send) {
        this.timers = timers;
        this.send = send;
    }

    /** Sends one now, and begins the series. */
    public void start() {
        synchronized (this) {
            if (closed) return;
            arm(FIRST);
        }
        send.run();
    }

    /** A message was sent: the series begins anew. */
    public synchronized void messageSent() {
        if (closed) return;
        messageSince = true;
        if (alarm == null || delay.compareTo(FIRST) > 0) arm(FIRST);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (alarm != null) alarm.cancel();
    }

    private void ring() {
        synchronized (this) {
            if (closed) return;
            if (messageSince) {
                // there was traffic in this second, which says it better
                messageSince = false;
                arm(FIRST);
                return;
            }
            var doubled = delay.multipliedBy(2);
            arm(doubled.compareTo(MOST) < 0 ? doubled : MOST);
        }
        send.run();
    }

    private void arm(Duration next) {
        if (alarm != null) alarm.cancel();
        delay = next;
        alarm = timers.after(next, this::ring);
    }
}
