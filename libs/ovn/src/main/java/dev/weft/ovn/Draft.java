package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.NamedUuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A {@link ChangeSet} in the making: edits of one row and members of one set are gathered, whoever
 * asks for them.
 */
final class Draft {
    private record Inserting(RowRef row, Map<Column<?>, Object> values) {}

    private record Modifying(
            RowRef row,
            List<Change.Edit> edits,
            Map<Column<?>, Set<Object>> added,
            Map<Column<?>, Set<Object>> removed) {}

    private final Owner owner;
    private final Map<NamedUuid, Inserting> inserts = new LinkedHashMap<>();
    private final Map<UUID, Modifying> modifies = new LinkedHashMap<>();
    private final List<Change> departures = new ArrayList<>();
    private final Set<Guard> guards = new LinkedHashSet<>();
    private final Set<Obstacle> obstacles = new LinkedHashSet<>();
    private final Map<Object, String> labels = new HashMap<>();

    Draft(Owner owner) {
        this.owner = owner;
    }

    /** Starts a row; its columns follow. */
    void insert(NamedUuid name, RowRef row) {
        inserts.put(name, new Inserting(row, new LinkedHashMap<>()));
        labels.put(name, row.toString());
    }

    void value(NamedUuid name, Column<?> column, Object value) {
        if (!value.equals(column.type().defaultValue())) {
            inserting(name).values().put(column, value);
        }
    }

    /** Puts a member into a set of a row that is being made. */
    void member(NamedUuid name, Column<?> column, Object member) {
        inserting(name).values().merge(column, Set.of(member), Draft::union);
    }

    void edit(UUID uuid, RowRef row, Change.Edit edit) {
        modifying(uuid, row).edits().add(edit);
    }

    void add(UUID uuid, RowRef row, Column<?> column, Object member) {
        modifying(uuid, row)
                .added()
                .computeIfAbsent(column, _ -> new LinkedHashSet<>())
                .add(member);
    }

    void remove(UUID uuid, RowRef row, Column<?> column, Object member) {
        modifying(uuid, row)
                .removed()
                .computeIfAbsent(column, _ -> new LinkedHashSet<>())
                .add(member);
    }

    void depart(Change change) {
        departures.add(change);
    }

    void guard(Guard guard) {
        guards.add(guard);
    }

    void obstacle(Obstacle obstacle) {
        obstacles.add(obstacle);
    }

    void label(Object id, RowRef row) {
        labels.putIfAbsent(id, row.toString());
    }

    ChangeSet finish() {
        var changes = new ArrayList<Change>();
        inserts.forEach(
                (name, row) -> changes.add(new Change.Insert(row.row(), name, row.values())));
        modifies.forEach(
                (uuid, row) -> changes.add(new Change.Modify(row.row(), uuid, edits(row))));
        changes.addAll(departures);
        return new ChangeSet(owner, changes, List.copyOf(guards), List.copyOf(obstacles), labels);
    }

    private static List<Change.Edit> edits(Modifying row) {
        var edits = new ArrayList<>(row.edits());
        var columns = new LinkedHashSet<>(row.added().keySet());
        columns.addAll(row.removed().keySet());
        for (Column<?> column : columns) {
            edits.add(
                    new Change.Edit.Members(
                            column,
                            row.added().getOrDefault(column, Set.of()),
                            row.removed().getOrDefault(column, Set.of())));
        }
        return edits;
    }

    private Inserting inserting(NamedUuid name) {
        var row = inserts.get(name);
        if (row == null) {
            throw new IllegalStateException("no insert of " + name);
        }
        return row;
    }

    private Modifying modifying(UUID uuid, RowRef row) {
        labels.putIfAbsent(uuid, row.toString());
        return modifies.computeIfAbsent(
                uuid,
                _ ->
                        new Modifying(
                                row,
                                new ArrayList<>(),
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>()));
    }

    private static Object union(Object some, Object more) {
        var all = new LinkedHashSet<Object>((Set<?>) some);
        all.addAll((Set<?>) more);
        return all;
    }
}
