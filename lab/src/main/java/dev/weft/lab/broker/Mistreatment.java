package dev.weft.lab.broker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How badly the broker treats messages: each probability from 0 to 1, decided for every message by
 * itself.
 *
 * @param drop that a message is lost
 * @param duplicate that it arrives twice
 * @param delay that it arrives later than it should, which also reorders
 * @param longestDelayMs how much later at most, in milliseconds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Mistreatment(double drop, double duplicate, double delay, long longestDelayMs) {
    /** Messages arrive once, in order and at once. */
    public static final Mistreatment NONE = new Mistreatment(0, 0, 0, 0);

    public Mistreatment {
        probability("drop", drop);
        probability("duplicate", duplicate);
        probability("delay", delay);
        if (longestDelayMs < 0 || longestDelayMs > 60_000) {
            throw new IllegalArgumentException(
                    "longestDelayMs " + longestDelayMs + ": 0 to 60000 is allowed");
        }
    }

    private static void probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    name + " " + value + ": a probability from 0 to 1 is allowed");
        }
    }
}
