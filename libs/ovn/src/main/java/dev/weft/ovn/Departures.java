package dev.weft.ovn;

import dev.weft.ovn.PlanState.Leaving;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Lets the owner's rows go that are not desired any more, unless rows of others would go with them.
 */
final class Departures {
    private final PlanState state;

    Departures(PlanState state) {
        this.state = state;
    }

    void plan() {
        state.leaving.values().forEach(this::depart);
    }

    private void depart(Leaving gone) {
        Table table = gone.table();
        Row row = gone.row();
        RowRef ref = RowFinder.ref(table, row);
        if (!table.root()) {
            state.model
                    .parentColumns(table)
                    .forEach(column -> state.takeOut(column, ref, row, Set.of()));
        }
        state.draft.depart(
                table.root() || holdsUpADeletion(table, row)
                        ? new Change.Delete(ref, row.uuid())
                        : new Change.Vanish(ref, row.uuid()));
        spareChildren(table, row, ref);
    }

    /**
     * The database counts strong references before it collects garbage: a row that vanishes still
     * holds up its target.
     */
    private boolean holdsUpADeletion(Table table, Row row) {
        return table.references().stream()
                .filter(reference -> reference.kind() == Reference.Kind.REQUIRES)
                .flatMap(
                        reference ->
                                ReferenceResolver.targets(row.get(reference.column())).stream())
                .anyMatch(state.leaving::containsKey);
    }

    private void spareChildren(Table table, Row row, RowRef ref) {
        var children = new LinkedHashMap<Column<Set<UUID>>, Set<UUID>>();
        var strangers = new ArrayList<Map.Entry<String, Optional<Owner>>>();
        for (Column<?> each : table.childColumns()) {
            var column = Table.asReferenceSet(each);
            children.put(column, row.get(column));
            strangers.addAll(strangers(table.reference(column).orElseThrow(), row.get(column)));
        }
        if (!strangers.isEmpty()) {
            var example = strangers.getFirst();
            state.draft.obstacle(
                    new Obstacle.StillHolds(
                            ref, strangers.size(), example.getKey(), example.getValue()));
        } else if (!children.isEmpty()) {
            state.draft.guard(new Guard.ChildrenAre(table, row.uuid(), children));
        }
    }

    /** Names of the rows that are not the owner's, and whose they are. */
    private List<Map.Entry<String, Optional<Owner>>> strangers(
            Reference reference, Set<UUID> children) {
        var strangers = new ArrayList<Map.Entry<String, Optional<Owner>>>();
        Optional<Table> table = state.model.table(reference.table());
        for (UUID child : children) {
            Optional<Row> row = table.flatMap(known -> state.view.row(known.name(), child));
            if (row.isEmpty()) {
                strangers.add(Map.entry(reference.table() + " " + child, Optional.empty()));
            } else if (!state.isOwn(table.get(), row.get())) {
                strangers.add(
                        Map.entry(
                                RowFinder.ref(table.get(), row.get()).toString(),
                                Stamp.owner(table.get(), row.get())));
            }
        }
        return strangers;
    }
}
