package dev.weft.ovn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.Desired;
import dev.weft.ovn.Identity;
import dev.weft.ovn.Membership;
import dev.weft.ovn.Model;
import dev.weft.ovn.Owner;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.Stamp;
import dev.weft.ovn.Table;
import dev.weft.ovn.Wanted;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Says, without the planner's help, whether a database is as an owner wants it, and whether others'
 * rows were spared.
 */
public final class Conformity {
    private final Model model;
    private final Replica.View view;

    public Conformity(Model model, Replica.View view) {
        this.model = model;
        this.view = view;
    }

    /** Every desired row is there as desired, and the owner has no other. */
    public void requireDesired(Desired desired) {
        var own = new HashSet<UUID>();
        for (RowSpec spec : desired.rows()) {
            Row row = the(spec.ref(), desired.owner());
            if (!spec.isShared()) {
                own.add(row.uuid());
                assertThat(Stamp.owner(spec.table(), row)).contains(desired.owner());
            }
            spec.columns()
                    .forEach((column, wanted) -> requireColumn(desired, spec, row, column, wanted));
            for (Column<Set<UUID>> column : spec.memberColumns()) {
                requireMembership(desired, spec, row, column);
            }
        }
        assertThat(ownedBy(desired.owner()).keySet()).isEqualTo(own);
    }

    private void requireColumn(
            Desired desired, RowSpec spec, Row row, Column<?> column, Wanted wanted) {
        Object value = row.get(column);
        String what = column + " of " + spec.ref();
        switch (wanted) {
            case Wanted.Exactly(var exact) -> {
                if (exact instanceof Map<?, ?> map && column.name().equals("external_ids")) {
                    assertThat(cast((Map<?, ?>) value)).as(what).containsAllEntriesOf(cast(map));
                } else {
                    assertThat(value).as(what).isEqualTo(exact);
                }
            }
            case Wanted.Initially _ -> {}
            case Wanted.Entries(var present, var absent) -> {
                assertThat(cast((Map<?, ?>) value)).as(what).containsAllEntriesOf(cast(present));
                absent.forEach(
                        key ->
                                assertThat(((Map<?, ?>) value).containsKey(key))
                                        .as(what + ":" + key)
                                        .isFalse());
            }
            case Wanted.Members(var present, var absent) -> {
                assertThat(((Set<?>) value).containsAll(present)).as(what).isTrue();
                absent.forEach(
                        member -> assertThat(((Set<?>) value).contains(member)).as(what).isFalse());
            }
            case Wanted.References(var rows) -> {
                var uuids =
                        rows.stream()
                                .map(ref -> the(ref, desired.owner()).uuid())
                                .collect(Collectors.toSet());
                if (value instanceof Optional<?> optional) {
                    assertThat(optional.map(Set::<Object>of).orElse(Set.of()))
                            .as(what)
                            .isEqualTo(uuids);
                } else if (spec.table().childColumns().contains(column)) {
                    var own = new HashSet<Object>((Set<?>) value);
                    own.retainAll(ownedBy(desired.owner()).keySet());
                    assertThat(own).as(what).isEqualTo(uuids);
                } else {
                    assertThat(value).as(what).isEqualTo(uuids);
                }
            }
            case Wanted.ReferenceEntries(var rows) -> {
                var uuids = new HashMap<Object, Object>();
                rows.forEach((key, ref) -> uuids.put(key, the(ref, desired.owner()).uuid()));
                assertThat(value).as(what).isEqualTo(uuids);
            }
        }
    }

    private void requireMembership(
            Desired desired, RowSpec spec, Row row, Column<Set<UUID>> column) {
        var parents =
                view.rows(column.table()).stream()
                        .filter(parent -> parent.get(column).contains(row.uuid()))
                        .map(Row::uuid)
                        .collect(Collectors.toSet());
        var wanted =
                spec.memberships().stream()
                        .filter(membership -> membership.column().equals(column))
                        .map(Membership::parent)
                        .map(ref -> the(ref, desired.owner()).uuid())
                        .collect(Collectors.toSet());
        assertThat(parents).as("rows whose %s hold %s", column, spec.ref()).isEqualTo(wanted);
    }

    /**
     * All columns of all rows that are not the owner's, less the owner's rows in sets, less map
     * keys that start with "our".
     */
    public Map<UUID, Map<String, Object>> others(Owner owner, Set<UUID> hidden) {
        var own = new HashSet<>(hidden);
        own.addAll(ownedBy(owner).keySet());
        var others = new HashMap<UUID, Map<String, Object>>();
        for (Table table : model.tables()) {
            for (Row row : view.rows(table.name())) {
                if (!own.contains(row.uuid())) {
                    var values = new HashMap<String, Object>();
                    table.columns()
                            .forEach(
                                    column ->
                                            values.put(column.name(), less(row.get(column), own)));
                    others.put(row.uuid(), values);
                }
            }
        }
        return others;
    }

    private static Object less(Object value, Set<UUID> own) {
        return switch (value) {
            case Set<?> set ->
                    set.stream().filter(each -> !own.contains(each)).collect(Collectors.toSet());
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .filter(entry -> !entry.getKey().toString().startsWith("our"))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            default -> value;
        };
    }

    /**
     * What of the owner's rows is not the owner's, for rows that the desired ones speak of: map
     * keys and members that no spec names, and rows of others in sets that rows live in.
     */
    public Map<String, Object> foreignParts(Desired desired, Set<UUID> own) {
        var parts = new HashMap<String, Object>();
        for (RowSpec spec : desired.rows()) {
            for (Row row : view.rows(spec.table().name())) {
                if (!means(spec.ref(), row, desired.owner())
                        || !own.contains(row.uuid()) && !spec.isShared()) {
                    continue;
                }
                spec.columns()
                        .forEach(
                                (column, wanted) ->
                                        foreignPart(row.get(column), wanted)
                                                .ifPresent(
                                                        part ->
                                                                parts.put(
                                                                        row.uuid() + " " + column,
                                                                        part)));
                for (Column<?> column : spec.table().childColumns()) {
                    var members = new HashSet<Object>((Set<?>) row.get(column));
                    members.removeAll(own);
                    parts.put(row.uuid() + " " + column, members);
                }
            }
        }
        return parts;
    }

    private static Optional<Object> foreignPart(Object value, Wanted wanted) {
        return switch (wanted) {
            case Wanted.Entries(var present, var absent) -> {
                var rest = new HashMap<Object, Object>((Map<?, ?>) value);
                rest.keySet().removeAll(present.keySet());
                rest.keySet().removeAll(absent);
                rest.keySet().removeAll(Set.of(Stamp.OWNER, Stamp.KEY));
                yield Optional.of(rest);
            }
            case Wanted.Members(var present, var absent) -> {
                var rest = new HashSet<Object>((Set<?>) value);
                rest.removeAll(present);
                rest.removeAll(absent);
                yield Optional.of(rest);
            }
            default -> Optional.empty();
        };
    }

    /** The rows with the owner's stamp. */
    public Map<UUID, RowRef> ownedBy(Owner owner) {
        var owned = new HashMap<UUID, RowRef>();
        for (Table table : model.tables()) {
            for (Row row : view.rows(table.name())) {
                if (Stamp.owner(table, row).filter(owner::equals).isPresent()) {
                    owned.put(row.uuid(), name(table, row));
                }
            }
        }
        return owned;
    }

    private static RowRef name(Table table, Row row) {
        return RowRef.of(
                table,
                table.identity() instanceof Identity.Named(var name, _)
                        ? row.get(name)
                        : row.get(table.externalIds().orElseThrow()).get(Stamp.KEY));
    }

    private Row the(RowRef ref, Owner self) {
        Collection<Row> rows = view.rows(ref.table().name());
        List<Row> found = rows.stream().filter(row -> means(ref, row, self)).toList();
        if (found.size() > 1) {
            found =
                    found.stream()
                            .filter(row -> Stamp.owner(ref.table(), row).isPresent())
                            .toList();
        }
        assertThat(found).as(ref.toString()).hasSize(1);
        return found.getFirst();
    }

    private static boolean means(RowRef ref, Row row, Owner self) {
        return switch (ref.table().identity()) {
            case Identity.Singleton() -> true;
            case Identity.Named(var name, _) -> row.get(name).equals(ref.key());
            case Identity.Keyed() -> {
                var ids = row.get(ref.table().externalIds().orElseThrow());
                Owner owner = ref.owner() == null ? self : ref.owner();
                yield owner.toString().equals(ids.get(Stamp.OWNER))
                        && ref.key().equals(ids.get(Stamp.KEY));
            }
        };
    }

    @SuppressWarnings("unchecked") // for AssertJ, which wants the map's own types
    private static Map<Object, Object> cast(Map<?, ?> map) {
        return (Map<Object, Object>) map;
    }
}
