package dev.weft.bench;

import java.util.List;

/** The few arguments that benchmarks take. */
final class Arguments {
    private Arguments() {}

    /**
     * The whole number behind the option, or the default when the option is not there.
     *
     * @throws IllegalArgumentException when there is no number behind the option
     */
    static int number(String[] arguments, String option, int whenAbsent) {
        int place = List.of(arguments).indexOf(option);
        if (place < 0) {
            return whenAbsent;
        }
        try {
            return Integer.parseInt(arguments[place + 1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(option + " needs a whole number behind it", e);
        }
    }
}
