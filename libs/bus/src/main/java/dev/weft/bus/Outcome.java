package dev.weft.bus;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the reconciling of one key ended. */
public sealed interface Outcome {
    /** All is as it should be. */
    record Done() implements Outcome {}

    /** Nothing is wrong, but look again later, unless something wakes the key before. */
    record RetryAfter(Duration delay) implements Outcome {}

    /**
     * It did not work; tried again with back-off.
     *
     * @param reason for people: what, and what would help
     */
    record Failed(String reason, @Nullable Throwable cause) implements Outcome {}

    /** All is as it should be. */
    static Outcome done() {
        return new Done();
    }

    /** Look again after the delay. */
    static Outcome retryAfter(Duration delay) {
        return new RetryAfter(delay);
    }

    /** It did not work for this reason. */
    static Outcome failed(String reason) {
        return new Failed(reason, null);
    }

    /** It did not work because of this exception. */
    static Outcome failed(Throwable cause) {
        return new Failed(String.valueOf(cause.getMessage()), cause);
    }
}
