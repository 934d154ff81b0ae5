package dev.weft.node.util;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells an operation that nobody wants its outcome any more. */
public final class Cancellation {
    /** The operation was cancelled; the message says by what. */
    public static final class CancelledException extends RuntimeException {
        public CancelledException(String message) {
            super(message);
        }
    }

    /** Ends an {@link #onCancel}. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final Set<Runnable> actions = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String reason;

    /** Cancels; the first reason counts. */
    public void cancel(String why) {
        synchronized (this) {
            if (reason == null) {
                reason = why;
            }
        }
        actions.forEach(Runnable::run);
    }

    /** Calls the action when cancelled, from now until the registration is closed. */
    public Registration onCancel(Runnable action) {
        actions.add(action);
        return () -> actions.remove(action);
    }

    /** Throws if cancelled. */
    public void check() {
        String why = reason;
        if (why != null) {
            throw new CancelledException(why);
        }
    }
}
