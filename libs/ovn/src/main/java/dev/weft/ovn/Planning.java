package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One run of the {@link Planner}: places the specs, compares their rows, settles who is whose
 * member, lets the rest go.
 */
final class Planning {
    private record Leaving(Table table, Row row) {}

    private final Model model;
    private final Desired desired;
    private final Owner self;
    private final Replica.View view;
    private final RowFinder finder;
    private final Draft draft;

    private final List<Placement> placements = new ArrayList<>();
    private final Map<RowRef, Object> ids = new HashMap<>();
    private final Map<UUID, Leaving> leaving = new LinkedHashMap<>();

    Planning(Model model, Desired desired, Replica.View view) {
        this.model = model;
        this.desired = desired;
        this.self = desired.owner();
        this.view = view;
        this.finder = new RowFinder(view);
        this.draft = new Draft(self);
    }

    ChangeSet plan() {
        place();
        for (Placement placement : placements) {
            switch (placement) {
                case Placement.New row -> fill(row);
                case Placement.Present row -> compare(row);
                case Placement.Barred row -> draft.obstacle(row.obstacle());
            }
        }
        placements.forEach(this::settle);
        leaving.values().forEach(this::depart);
        return draft.finish();
    }

    private void place() {
        var staying = new HashSet<UUID>();
        for (RowSpec spec : desired.rows()) {
            var placement = Placement.of(spec, self, finder);
            placements.add(placement);
            RowRef ref = spec.ref().ownedBy(self);
            switch (placement) {
                case Placement.Present(_, Row row) -> {
                    staying.add(row.uuid());
                    ids.put(ref, row.uuid());
                    draft.label(row.uuid(), ref);
                }
                case Placement.New(_, NamedUuid name) -> {
                    ids.put(ref, name);
                    draft.insert(name, ref);
                }
                case Placement.Barred _ -> {}
            }
        }
        for (Table table : model.tables()) {
            for (Row row : finder.owned(self, table)) {
                if (!staying.contains(row.uuid())) {
                    leaving.put(row.uuid(), new Leaving(table, row));
                }
            }
        }
    }

    private void fill(Placement.New placement) {
        RowSpec spec = placement.spec();
        if (spec.table().identity()
                instanceof Identity.Named(Column<String> name, boolean unique)) {
            draft.value(placement.name(), name, spec.ref().key());
            if (!unique) {
                draft.guard(new Guard.NameFree(name, spec.ref().key()));
            }
        }
        wanted(spec)
                .forEach(
                        (column, wanted) -> {
                            if (!isChildColumn(spec.table(), column)) {
                                initial(spec, column, wanted)
                                        .ifPresent(
                                                value ->
                                                        draft.value(
                                                                placement.name(), column, value));
                            }
                        });
    }

    private Optional<Object> initial(RowSpec spec, Column<?> column, Wanted wanted) {
        return switch (wanted) {
            case Wanted.Exactly(var value) -> Optional.of(value);
            case Wanted.Initially(var value) -> Optional.of(value);
            case Wanted.Entries(var present, _) -> Optional.of(present);
            case Wanted.Members(var present, _) -> Optional.of(present);
            case Wanted.References(var rows) -> references(spec, column, rows);
            case Wanted.ReferenceEntries(var rows) -> referenceEntries(spec, rows);
        };
    }

    private void compare(Placement.Present placement) {
        RowSpec spec = placement.spec();
        Row row = placement.row();
        wanted(spec)
                .forEach(
                        (column, wanted) -> {
                            if (!isChildColumn(spec.table(), column)) {
                                Object current = current(row, column);
                                edit(spec, column, wanted, current)
                                        .ifPresent(
                                                edit -> {
                                                    labelReferences(spec.table(), column, current);
                                                    draft.edit(
                                                            row.uuid(),
                                                            spec.ref().ownedBy(self),
                                                            edit);
                                                });
                            }
                        });
    }

    private Optional<Change.Edit> edit(
            RowSpec spec, Column<?> column, Wanted wanted, Object current) {
        return switch (wanted) {
            case Wanted.Exactly(var value) -> ColumnDiff.exactly(column, current, value);
            case Wanted.Initially _ -> Optional.empty();
            case Wanted.Entries(var present, var absent) ->
                    ColumnDiff.entries(column, (Map<?, ?>) current, present, absent);
            case Wanted.Members(var present, var absent) ->
                    ColumnDiff.members(column, (Set<?>) current, present, absent);
            case Wanted.References(var rows) ->
                    references(spec, column, rows)
                            .flatMap(value -> ColumnDiff.exactly(column, current, value));
            case Wanted.ReferenceEntries(var rows) ->
                    referenceEntries(spec, rows)
                            .flatMap(value -> ColumnDiff.exactly(column, current, value));
        };
    }

    /**
     * Puts the row into the sets where it should be, and takes it out of those where it should not.
     */
    private void settle(Placement placement) {
        RowSpec spec = placement.spec();
        Object id = ids.get(spec.ref().ownedBy(self));
        var parents = new HashMap<Column<?>, Set<Object>>();
        for (Membership membership : spec.memberships()) {
            Optional<Object> parent = resolve(membership.parent(), spec.ref());
            if (parent.isEmpty() || id == null) {
                continue;
            }
            parents.computeIfAbsent(membership.column(), _ -> new HashSet<>()).add(parent.get());
            switch (parent.get()) {
                case NamedUuid name -> draft.member(name, membership.column(), id);
                case UUID uuid -> join(membership, uuid, id);
                default ->
                        throw new IllegalStateException("neither UUID nor name: " + parent.get());
            }
        }
        if (placement instanceof Placement.Present(_, Row row) && !spec.isShared()) {
            var columns = new LinkedHashSet<>(model.parentColumns(spec.table()));
            columns.addAll(spec.memberColumns());
            for (var column : columns) {
                leave(
                        column,
                        spec.ref().ownedBy(self),
                        row,
                        parents.getOrDefault(column, Set.of()));
            }
        }
    }

    private void join(Membership membership, UUID parent, Object member) {
        Table table = membership.parent().table();
        Row row = view.row(table.name(), parent).orElseThrow();
        if (member instanceof UUID uuid && row.get(membership.column()).contains(uuid)) {
            return;
        }
        draft.add(parent, membership.parent().ownedBy(self), membership.column(), member);
        if (!Stamp.owner(table, row).filter(self::equals).isPresent()) {
            draft.guard(new Guard.RowThere(table, parent));
        }
    }

    private void leave(Column<Set<UUID>> column, RowRef ref, Row row, Set<Object> keep) {
        Table table = model.table(column.table()).orElseThrow();
        for (Row parent : finder.holding(column, row.uuid())) {
            if (!keep.contains(parent.uuid()) && !leaving.containsKey(parent.uuid())) {
                draft.label(row.uuid(), ref);
                draft.remove(parent.uuid(), RowFinder.ref(table, parent), column, row.uuid());
            }
        }
    }

    private void depart(Leaving gone) {
        Table table = gone.table();
        Row row = gone.row();
        RowRef ref = RowFinder.ref(table, row);
        if (table.root()) {
            draft.depart(new Change.Delete(ref, row.uuid()));
        } else {
            model.parentColumns(table).forEach(column -> leave(column, ref, row, Set.of()));
            draft.depart(new Change.Vanish(ref, row.uuid()));
        }
        var children = new LinkedHashMap<Column<Set<UUID>>, Set<UUID>>();
        var foreign = new ArrayList<Leaving>();
        var unknown = new ArrayList<UUID>();
        for (Reference reference : table.references()) {
            if (isChildColumn(table, reference.column())) {
                var column = Table.asReferenceSet(reference.column());
                children.put(column, row.get(column));
                row.get(column)
                        .forEach(
                                child ->
                                        model.table(reference.table())
                                                .flatMap(
                                                        t ->
                                                                view.row(t.name(), child)
                                                                        .map(
                                                                                r ->
                                                                                        new Leaving(
                                                                                                t,
                                                                                                r)))
                                                .ifPresentOrElse(
                                                        known -> {
                                                            if (!Stamp.owner(
                                                                            known.table(),
                                                                            known.row())
                                                                    .filter(self::equals)
                                                                    .isPresent()) {
                                                                foreign.add(known);
                                                            }
                                                        },
                                                        () -> unknown.add(child)));
            }
        }
        int others = foreign.size() + unknown.size();
        if (others > 0) {
            String example =
                    foreign.isEmpty()
                            ? unknown.getFirst().toString()
                            : RowFinder.ref(foreign.getFirst().table(), foreign.getFirst().row())
                                    .toString();
            Optional<Owner> holder =
                    foreign.isEmpty()
                            ? Optional.empty()
                            : Stamp.owner(foreign.getFirst().table(), foreign.getFirst().row());
            draft.obstacle(new Obstacle.StillHolds(ref, row.uuid(), others, example, holder));
        } else if (!children.isEmpty()) {
            draft.guard(new Guard.ChildrenAre(table, row.uuid(), children));
        }
    }

    /** The row's identity now or in the transaction; an obstacle, when there is no such row. */
    private Optional<Object> resolve(RowRef given, RowRef neededBy) {
        RowRef ref = given.ownedBy(self);
        Object own = ids.get(ref);
        if (own != null) {
            return Optional.of(own);
        }
        List<Row> found =
                finder.find(ref).stream().filter(row -> !leaving.containsKey(row.uuid())).toList();
        List<Row> stamped =
                found.size() < 2
                        ? found
                        : found.stream()
                                .filter(row -> Stamp.owner(ref.table(), row).isPresent())
                                .toList();
        if (stamped.size() == 1) {
            draft.label(stamped.getFirst().uuid(), ref);
            return Optional.of(stamped.getFirst().uuid());
        }
        draft.obstacle(
                found.isEmpty()
                        ? new Obstacle.Missing(ref, neededBy.ownedBy(self))
                        : new Obstacle.Ambiguous(ref, found.size()));
        return Optional.empty();
    }

    private Optional<Object> references(RowSpec spec, Column<?> column, List<RowRef> rows) {
        var resolved = new LinkedHashSet<Object>();
        for (RowRef row : rows) {
            resolve(row, spec.ref()).ifPresent(resolved::add);
        }
        if (column.type().shape() == ColumnType.Shape.OPTIONAL) {
            return Optional.of(resolved.stream().findFirst());
        }
        return Optional.of(resolved);
    }

    private Optional<Object> referenceEntries(RowSpec spec, Map<?, RowRef> rows) {
        var resolved = new LinkedHashMap<Object, Object>();
        rows.forEach((key, row) -> resolve(row, spec.ref()).ifPresent(id -> resolved.put(key, id)));
        return Optional.of(resolved);
    }

    /** The spec's columns, with the stamp among them unless the row is shared. */
    private Map<Column<?>, Wanted> wanted(RowSpec spec) {
        if (spec.isShared()) {
            return spec.columns();
        }
        Column<Map<String, String>> ids = spec.table().externalIds().orElseThrow();
        var stamp = new LinkedHashMap<Object, Object>();
        stamp.put(Stamp.OWNER, self.toString());
        if (spec.table().identity() instanceof Identity.Keyed) {
            stamp.put(Stamp.KEY, spec.ref().key());
        }
        var columns = new LinkedHashMap<>(spec.columns());
        columns.merge(
                ids,
                new Wanted.Entries(stamp, Set.of()),
                (given, _) ->
                        switch (given) {
                            case Wanted.Entries(var present, var absent) ->
                                    new Wanted.Entries(union(present, stamp), absent);
                            case Wanted.Exactly(var value) ->
                                    new Wanted.Exactly(union((Map<?, ?>) value, stamp));
                            default ->
                                    throw new IllegalArgumentException(
                                            ids
                                                    + " of "
                                                    + spec.ref()
                                                    + ": give entries or the whole map");
                        });
        return columns;
    }

    private static Map<Object, Object> union(Map<?, ?> some, Map<?, ?> more) {
        var all = new LinkedHashMap<Object, Object>(some);
        all.putAll(more);
        return all;
    }

    private static boolean isChildColumn(Table table, Column<?> column) {
        return table.childColumns().contains(column);
    }

    private static Object current(Row row, Column<?> column) {
        if (!row.has(column)) {
            throw new IllegalArgumentException(
                    "column "
                            + column
                            + " is not in the replica: the server's schema or our model lacks it");
        }
        return row.get(column);
    }

    private void labelReferences(Table table, Column<?> column, Object current) {
        table.reference(column)
                .flatMap(r -> model.table(r.table()))
                .ifPresent(
                        target -> {
                            var uuids =
                                    switch (current) {
                                        case Set<?> set -> set;
                                        case Optional<?> optional ->
                                                optional.map(Set::of).orElse(Set.of());
                                        case Map<?, ?> map -> Set.copyOf(map.values());
                                        default -> Set.of();
                                    };
                            for (Object uuid : uuids) {
                                if (uuid instanceof UUID id) {
                                    view.row(target.name(), id)
                                            .ifPresent(
                                                    row ->
                                                            draft.label(
                                                                    id,
                                                                    RowFinder.ref(target, row)));
                                }
                            }
                        });
    }
}
