package dev.weft.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Clock and alarm in one, so that everything that waits can be tested with a time that the test
 * moves.
 */
public interface Timers {

    /** The time now. */
    Instant now();

    /** Runs the action after the delay, on a thread that must not be blocked. */
    Alarm after(Duration delay, Runnable action);

    /** An action to come. */
    @FunctionalInterface
    interface Alarm {
        /** The action does not run any more, unless it runs already. */
        void cancel();
    }

    /** The machine's clock, and one daemon thread for all alarms of the process. */
    static Timers system() {
        return SystemTimers.INSTANCE;
    }
}

final class SystemTimers implements Timers {
    static final SystemTimers INSTANCE = new SystemTimers();

    private final ScheduledExecutorService thread = newThread();

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        var task = thread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> task.cancel(false);
    }

    private static ScheduledExecutorService newThread() {
        var pool =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("weft-timers").factory());
        pool.setRemoveOnCancelPolicy(true);
        return Executors.unconfigurableScheduledExecutorService(pool);
    }
}
