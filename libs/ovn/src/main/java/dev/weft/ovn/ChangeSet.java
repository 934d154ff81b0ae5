package dev.weft.ovn;

import dev.weft.ovsdb.NamedUuid;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What must change so that an owner has the rows that it should have: the answer of {@link
 * Planner}.
 *
 * @param changes in an order that reads well; empty when all is as it should be
 * @param guards what the transaction must make sure of first
 * @param obstacles why it cannot be done now; if there are any, nothing of it is done
 * @param labels what people call the rows whose {@link UUID} or {@link NamedUuid} stands in the
 *     changes
 */
public record ChangeSet(
        Owner owner,
        List<Change> changes,
        List<Guard> guards,
        List<Obstacle> obstacles,
        Map<Object, String> labels) {
    public ChangeSet {
        changes = List.copyOf(changes);
        guards = List.copyOf(guards);
        obstacles = List.copyOf(obstacles);
        labels = Map.copyOf(labels);
    }

    /** Whether there is nothing to do and nothing in the way. */
    public boolean isEmpty() {
        return changes.isEmpty() && obstacles.isEmpty();
    }

    /** Whether it can be carried out: nothing is in the way. */
    public boolean isFeasible() {
        return obstacles.isEmpty();
    }

    /**
     * What will pass by itself: missing rows of others, rows of others inside those that should go.
     */
    public List<Obstacle> blockedBy() {
        return obstacles.stream().filter(Obstacle::passes).toList();
    }

    /** What somebody has to settle: foreign rows, rows of other owners, doubled names. */
    public List<Obstacle> conflicts() {
        return obstacles.stream().filter(o -> !o.passes()).toList();
    }

    /**
     * For programs: {@code {"owner", "changes": [...], "blockedBy": [...], "conflicts": [...]}}.
     */
    public String toJson() {
        return ChangeSetJson.print(this);
    }

    /** For people: one line for each row and each column that changes, one for each obstacle. */
    @Override
    public String toString() {
        return ChangeSetText.print(this);
    }
}
