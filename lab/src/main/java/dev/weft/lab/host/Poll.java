package dev.weft.lab.host;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Waiting for something outside this process that offers no event (a foreign daemon's socket, a
 * packet's way). Checks follow each other at short, growing distances until a deadline.
 */
public final class Poll {
    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 200;

    private Poll() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what named in the error, as in "no answer from {what}"
     * @throws TimedOut when the condition does not hold at the deadline; its cause is the last
     *     exception of the check
     */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        until(() -> what, limit, condition);
    }

    /**
     * As {@link #until(String, Duration, Callable)}, with a text that is made when it is needed.
     */
    public static void until(Supplier<String> what, Duration limit, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = FIRST_PAUSE_MS;
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (ProcessEnded e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            pause(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        } while (System.nanoTime() < deadline);
        throw new TimedOut(what.get() + ": not within " + limit.toMillis() / 1000.0 + " s", last);
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new TimedOut("interrupted while waiting", null);
        }
    }

    /** The deadline passed. */
    public static final class TimedOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimedOut(String message, @org.jspecify.annotations.Nullable Exception last) {
            super(last == null ? message : message + " (" + last.getMessage() + ")", last);
        }
    }

    /** The process that was waited for is gone: waiting longer makes no sense. */
    public static final class ProcessEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProcessEnded(String message) {
            super(message);
        }
    }
}
