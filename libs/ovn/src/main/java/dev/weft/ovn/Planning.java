package dev.weft.ovn;

import dev.weft.ovn.PlanState.Leaving;
import dev.weft.ovsdb.Column;
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
    private final Desired desired;
    private final Owner self;
    private final PlanState state;
    private final Draft draft;
    private final ReferenceResolver resolver;
    private final List<Placement> placements = new ArrayList<>();

    Planning(Model model, Desired desired, Replica.View view) {
        this.desired = desired;
        this.self = desired.owner();
        this.state = new PlanState(model, self, view);
        this.draft = state.draft;
        this.resolver = new ReferenceResolver(state);
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
        new Departures(state).plan();
        return draft.finish();
    }

    private void place() {
        var staying = new HashSet<UUID>();
        for (RowSpec spec : desired.rows()) {
            var placement = Placement.of(spec, self, state.finder);
            placements.add(placement);
            RowRef ref = spec.ref().ownedBy(self);
            switch (placement) {
                case Placement.Present(_, Row row) -> {
                    staying.add(row.uuid());
                    state.ids.put(ref, row.uuid());
                    draft.label(row.uuid(), ref);
                }
                case Placement.New(_, NamedUuid name) -> {
                    state.ids.put(ref, name);
                    draft.insert(name, ref);
                }
                case Placement.Barred _ -> {}
            }
        }
        for (Table table : state.model.tables()) {
            for (Row row : state.finder.owned(self, table)) {
                if (!staying.contains(row.uuid())) {
                    state.leaving.put(row.uuid(), new Leaving(table, row));
                }
            }
        }
    }

    private void fill(Placement.New placement) {
        RowSpec spec = placement.spec();
        if (spec.table().identity() instanceof Identity.Named(var name, boolean unique)) {
            draft.value(placement.name(), name, spec.ref().key());
            if (!unique) {
                draft.guard(new Guard.NameFree(name, spec.ref().key()));
            }
        }
        stamped(spec)
                .forEach(
                        (column, wanted) ->
                                draft.value(
                                        placement.name(), column, initial(spec, column, wanted)));
    }

    private Object initial(RowSpec spec, Column<?> column, Wanted wanted) {
        return switch (wanted) {
            case Wanted.Exactly(var value) -> value;
            case Wanted.Initially(var value) -> value;
            case Wanted.Entries(var present, _) -> present;
            case Wanted.Members(var present, _) -> present;
            case Wanted.References(var rows) -> resolver.references(spec, column, rows);
            case Wanted.ReferenceEntries(var rows) -> resolver.referenceEntries(spec, rows);
        };
    }

    private void compare(Placement.Present placement) {
        RowSpec spec = placement.spec();
        Row row = placement.row();
        stamped(spec)
                .forEach(
                        (column, wanted) -> {
                            Object current = current(row, column);
                            edit(spec, column, wanted, current)
                                    .ifPresent(
                                            edit -> {
                                                resolver.label(spec.table(), column, current);
                                                draft.edit(
                                                        row.uuid(), spec.ref().ownedBy(self), edit);
                                            });
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
                    ColumnDiff.exactly(column, current, resolver.references(spec, column, rows));
            case Wanted.ReferenceEntries(var rows) ->
                    ColumnDiff.exactly(column, current, resolver.referenceEntries(spec, rows));
        };
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

    /**
     * Puts the row into the sets where it should be, and takes it out of those where it should not.
     */
    private void settle(Placement placement) {
        RowSpec spec = placement.spec();
        RowRef ref = spec.ref().ownedBy(self);
        Object id = state.ids.get(ref);
        var parents = new HashMap<Column<?>, Set<Object>>();
        for (Membership membership : spec.memberships()) {
            Optional<Object> parent = resolver.resolve(membership.parent(), ref);
            if (parent.isPresent() && id != null) {
                parents.computeIfAbsent(membership.column(), _ -> new HashSet<>())
                        .add(parent.get());
                join(membership, parent.get(), id);
            }
        }
        if (placement instanceof Placement.Present(_, Row row) && !spec.isShared()) {
            var columns = new LinkedHashSet<>(state.model.parentColumns(spec.table()));
            columns.addAll(spec.memberColumns());
            columns.forEach(
                    column ->
                            state.takeOut(
                                    column, ref, row, parents.getOrDefault(column, Set.of())));
        }
    }

    private void join(Membership membership, Object parent, Object member) {
        if (!(parent instanceof UUID uuid)) {
            draft.member((NamedUuid) parent, membership.column(), member);
            return;
        }
        Table table = membership.parent().table();
        Row row = state.view.row(table.name(), uuid).orElseThrow();
        if (member instanceof UUID known && row.get(membership.column()).contains(known)) {
            return;
        }
        draft.add(uuid, membership.parent().ownedBy(self), membership.column(), member);
        if (!state.isOwn(table, row)) {
            draft.guard(new Guard.RowThere(table, uuid));
        }
    }

    /**
     * The spec's columns, with the stamp among them unless the row is shared. Without sets that
     * rows live in: their members are settled from the members' side.
     */
    private Map<Column<?>, Wanted> stamped(RowSpec spec) {
        if (spec.isShared()) {
            return spec.columns();
        }
        var columns = new LinkedHashMap<>(spec.columns());
        columns.keySet().removeAll(spec.table().childColumns());
        Column<Map<String, String>> ids = spec.table().externalIds().orElseThrow();
        var stamp = new LinkedHashMap<Object, Object>();
        stamp.put(Stamp.OWNER, self.toString());
        if (spec.table().identity() instanceof Identity.Keyed) {
            stamp.put(Stamp.KEY, spec.ref().key());
        }
        Wanted given = columns.getOrDefault(ids, new Wanted.Entries(Map.of(), Set.of()));
        columns.put(
                ids,
                switch (given) {
                    case Wanted.Entries(var present, var absent) ->
                            new Wanted.Entries(union(present, stamp), absent);
                    case Wanted.Exactly(var value) ->
                            new Wanted.Exactly(union((Map<?, ?>) value, stamp));
                    default ->
                            throw new IllegalArgumentException(
                                    ids + " of " + spec.ref() + ": give entries or the whole map");
                });
        return columns;
    }

    private static Map<Object, Object> union(Map<?, ?> some, Map<?, ?> more) {
        var all = new LinkedHashMap<Object, Object>(some);
        all.putAll(more);
        return all;
    }
}
