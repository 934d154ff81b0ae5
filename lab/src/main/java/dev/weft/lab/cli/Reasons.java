package dev.weft.lab.cli;

import java.util.ArrayList;
import java.util.List;

/** Why something failed, for a person: many an exception keeps the reason in its cause. */
final class Reasons {
    private Reasons() {}

    /** The messages of the exception and its causes, without those that say nothing new. */
    static String of(Throwable failure) {
        List<String> reasons = new ArrayList<>();
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            if (reasons.stream().noneMatch(said -> said.contains(message))) {
                reasons.removeIf(message::contains);
                reasons.add(message);
            }
        }
        return String.join(": ", reasons);
    }
}
