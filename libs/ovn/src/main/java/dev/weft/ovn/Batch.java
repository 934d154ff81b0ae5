package dev.weft.ovn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What to do with plans that were made from one view, each without knowing of the others. Pure.
 *
 * @param unchanged nothing to do
 * @param ready to be sent together: none of them spoils another
 * @param deferred to be planned again after those were sent: they need, want or lose a row of one
 *     of them
 * @param held something is in the way that none of them takes away
 */
record Batch<J>(
        List<Plan<J>> unchanged, List<Plan<J>> ready, List<Plan<J>> deferred, List<Plan<J>> held) {
    /** A change set, and the job that it was made for. */
    record Plan<J>(J job, ChangeSet changes) {}

    static <J> Batch<J> sort(List<Plan<J>> plans) {
        var batch =
                new Batch<J>(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var made = new HashSet<RowRef>();
        var touched = new HashSet<UUID>();
        var deleted = new HashSet<UUID>();
        for (Plan<J> plan : plans) {
            if (plan.changes().isEmpty()) {
                batch.unchanged.add(plan);
            } else if (plan.changes().isFeasible()) {
                (claim(plan.changes(), made, touched, deleted) ? batch.ready : batch.deferred)
                        .add(plan);
            }
        }
        for (Plan<J> plan : plans) {
            if (!plan.changes().isFeasible()) {
                boolean passing =
                        plan.changes().obstacles().stream()
                                .allMatch(
                                        o ->
                                                o instanceof Obstacle.Missing
                                                        && made.contains(o.row()));
                (passing ? batch.deferred : batch.held).add(plan);
            }
        }
        return batch;
    }

    /**
     * Takes the rows that a change set makes, adopts, edits and deletes; refuses where another's
     * claim forbids it.
     */
    private static boolean claim(
            ChangeSet changes, Set<RowRef> made, Set<UUID> touched, Set<UUID> deleted) {
        for (Change change : changes.changes()) {
            boolean free =
                    switch (change) {
                        case Change.Insert insert -> !made.contains(insert.row());
                        case Change.Modify modify ->
                                !deleted.contains(modify.uuid())
                                        && !(stamps(modify) && made.contains(modify.row()));
                        case Change.Delete delete -> !touched.contains(delete.uuid());
                        case Change.Vanish vanish -> !touched.contains(vanish.uuid());
                    };
            if (!free) {
                return false;
            }
        }
        for (Change change : changes.changes()) {
            switch (change) {
                case Change.Insert insert -> made.add(insert.row());
                case Change.Modify modify -> {
                    touched.add(modify.uuid());
                    if (stamps(modify)) {
                        made.add(modify.row());
                    }
                }
                case Change.Delete delete -> deleted.add(delete.uuid());
                case Change.Vanish vanish -> deleted.add(vanish.uuid());
            }
        }
        return true;
    }

    private static boolean stamps(Change.Modify modify) {
        return modify.edits().stream()
                .anyMatch(
                        edit ->
                                edit instanceof Change.Edit.Entries(_, var put, _, _)
                                        && put.containsKey(Stamp.OWNER));
    }
}
