package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the steps of one {@link Planning} know together. */
final class PlanState {
    /** A row of the owner that no spec means. */
    record Leaving(Table table, Row row) {}

    final Model model;
    final Owner self;
    final Replica.View view;
    final RowFinder finder;
    final Draft draft;

    /** The desired rows: a UUID, or a named UUID where the row is to be made. */
    final Map<RowRef, Object> ids = new HashMap<>();

    final Map<UUID, Leaving> leaving = new LinkedHashMap<>();

    PlanState(Model model, Owner self, Replica.View view) {
        this.model = model;
        this.self = self;
        this.view = view;
        this.finder = new RowFinder(view);
        this.draft = new Draft(self);
    }

    boolean isOwn(Table table, Row row) {
        return Stamp.owner(table, row).equals(Optional.of(self));
    }

    /**
     * Takes a row out of all sets of a column except those to keep, and those that go themselves.
     */
    void takeOut(Column<Set<UUID>> column, RowRef ref, Row row, Set<Object> keep) {
        Table table = model.table(column.table()).orElseThrow();
        for (Row parent : finder.holding(column, row.uuid())) {
            if (!keep.contains(parent.uuid()) && !leaving.containsKey(parent.uuid())) {
                draft.label(row.uuid(), ref);
                draft.remove(parent.uuid(), RowFinder.ref(table, parent), column, row.uuid());
            }
        }
    }
}
