package dev.weft.lab;

import java.io.PrintStream;

/** Where the lab tells what it does: a line per step, with seconds. */
@FunctionalInterface
public interface Progress {
    /** Told when a step has ended well. */
    void done(String step, double seconds);

    /** Says nothing. */
    static Progress silent() {
        return (_, _) -> {};
    }

    /** Prints a line per step. */
    static Progress to(PrintStream out) {
        return (step, seconds) -> out.printf("  %-34s %6.1f s%n", step, seconds);
    }
}
