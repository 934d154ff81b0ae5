package dev.weft.cni.binary;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes something when a time has passed, which ends whatever blocks on it. A blocking channel has
 * no timeout of its own, and a selector would cost the binary more than this thread.
 */
final class Deadline implements AutoCloseable {

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean passed;

    private Deadline() {}

    /** Starts the clock. */
    static Deadline closing(Closeable guarded, Duration time) {
        var deadline = new Deadline();
        Thread.ofPlatform().daemon().name("deadline").start(() -> deadline.watch(guarded, time));
        return deadline;
    }

    /** Whether the time passed before {@link #close()}. */
    boolean hasPassed() {
        return passed;
    }

    /** Stops the clock. */
    @Override
    public void close() {
        done.countDown();
    }

    private void watch(Closeable guarded, Duration time) {
        try {
            if (!done.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                passed = true;
                guarded.close();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // it is closed for whoever blocks on it, and that is what counts
        }
    }
}
