package dev.weft.bus;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for an asynchronous result in blocking style; for virtual threads, never for an event loop.
 */
public final class Await {
    private Await() {}

    /**
     * The result, as soon as it is there. The failure of the stage is thrown as it is when
     * unchecked, else wrapped.
     *
     * @throws TimeoutException when it is not there in time
     */
    public static <T> T result(CompletionStage<T> stage, Duration within)
            throws InterruptedException, TimeoutException {
        try {
            return stage.toCompletableFuture().get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
