package dev.weft.kube.v1;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes a list of conditions without touching what did not change: setting a condition to what it
 * already says gives an equal list, so that a status that says nothing new is not written.
 */
public final class Conditions {

    private final Clock clock;

    /** Conditions stamped with the time of {@code clock}. */
    public Conditions(Clock clock) {
        this.clock = clock;
    }

    /** The condition of that type; of several, which some servers make of a patch, the last. */
    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).reduce((_, last) -> last);
    }

    /**
     * {@code before} with the condition {@code type} set; times are kept where nothing but the time
     * would change.
     */
    public List<Condition> with(
            List<Condition> before,
            String type,
            boolean holds,
            String reason,
            String message,
            long generation) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var status = holds ? "True" : "False";
        var old = find(before, type);
        if (old.filter(
                        c ->
                                c.status().equals(status)
                                        && Objects.equals(c.reason(), reason)
                                        && Objects.equals(
                                                Objects.requireNonNullElse(c.message(), ""),
                                                message)
                                        && Objects.equals(c.observedGeneration(), generation))
                .isPresent()) {
            return before;
        }
        var since =
                old.filter(c -> c.status().equals(status))
                        .map(Condition::lastTransitionTime)
                        .orElse(now);
        var set = new Condition(type, status, reason, message, generation, now, since);
        var after = new LinkedHashMap<String, Condition>();
        before.forEach(c -> after.put(c.type(), c));
        after.put(type, set);
        return List.copyOf(after.values());
    }
}
