package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.Row;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Turns names of rows into what the transaction calls them. */
final class ReferenceResolver {
    private final PlanState state;

    ReferenceResolver(PlanState state) {
        this.state = state;
    }

    /** The row's identity now or in the transaction; an obstacle, when there is no such row. */
    Optional<Object> resolve(RowRef given, RowRef neededBy) {
        RowRef ref = given.ownedBy(state.self);
        Object own = state.ids.get(ref);
        if (own != null) {
            return Optional.of(own);
        }
        List<Row> found = meant(ref);
        if (found.size() == 1) {
            UUID uuid = found.getFirst().uuid();
            state.draft.label(uuid, ref);
            return Optional.of(uuid);
        }
        state.draft.obstacle(
                found.isEmpty()
                        ? new Obstacle.Missing(ref, neededBy.ownedBy(state.self))
                        : new Obstacle.Ambiguous(ref, found.size()));
        return Optional.empty();
    }

    /**
     * Of several rows of one name, the one that is some owner's; rows that are about to go are not
     * there any more.
     */
    private List<Row> meant(RowRef ref) {
        List<Row> found =
                state.finder.find(ref).stream()
                        .filter(row -> !state.leaving.containsKey(row.uuid()))
                        .toList();
        List<Row> stamped =
                found.size() < 2
                        ? found
                        : found.stream()
                                .filter(row -> Stamp.owner(ref.table(), row).isPresent())
                                .toList();
        return stamped.isEmpty() ? found : stamped;
    }

    /** The value of a column that refers to these rows and no others. */
    Object references(RowSpec spec, Column<?> column, List<RowRef> rows) {
        var resolved = new LinkedHashSet<Object>();
        for (RowRef row : rows) {
            resolve(row, spec.ref()).ifPresent(resolved::add);
        }
        return column.type().shape() == ColumnType.Shape.OPTIONAL
                ? resolved.stream().findFirst()
                : resolved;
    }

    /** The value of a map column that refers to these rows and no others. */
    Object referenceEntries(RowSpec spec, Map<?, RowRef> rows) {
        var resolved = new LinkedHashMap<Object, Object>();
        rows.forEach((key, row) -> resolve(row, spec.ref()).ifPresent(id -> resolved.put(key, id)));
        return resolved;
    }

    /** Finds names for the rows that a column refers to now. */
    void label(Table table, Column<?> column, Object current) {
        table.reference(column)
                .flatMap(reference -> state.model.table(reference.table()))
                .ifPresent(target -> targets(current).forEach(uuid -> label(target, uuid)));
    }

    private void label(Table target, Object uuid) {
        state.view
                .row(target.name(), (UUID) uuid)
                .ifPresent(row -> state.draft.label(row.uuid(), RowFinder.ref(target, row)));
    }

    /** The UUIDs in a column of any shape that holds references. */
    static Collection<?> targets(Object value) {
        return switch (value) {
            case Set<?> set -> set;
            case Optional<?> optional -> optional.stream().toList();
            case Map<?, ?> map -> map.values();
            default -> List.of(value);
        };
    }
}
