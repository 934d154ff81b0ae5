package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One row that an owner should have. Immutable: each method gives a new spec.
 *
 * <p>Columns that are not mentioned are left alone. Of a column that is, {@link #with} owns the
 * whole value, while {@link #withEntries}, {@link #withoutEntries}, {@link #withMembers} and {@link
 * #withoutMembers} own just what they name.
 */
public final class RowSpec {
    private final RowRef ref;
    private final boolean shared;
    private final boolean adopt;
    private final Map<Column<?>, Wanted> columns;
    private final List<Membership> memberships;
    private final Set<Column<Set<UUID>>> memberColumns;

    private RowSpec(
            RowRef ref,
            boolean shared,
            boolean adopt,
            Map<Column<?>, Wanted> columns,
            List<Membership> memberships,
            Set<Column<Set<UUID>>> memberColumns) {
        this.ref = ref;
        this.shared = shared;
        this.adopt = adopt;
        this.columns = columns;
        this.memberships = memberships;
        this.memberColumns = memberColumns;
    }

    /**
     * A row of the owner's own.
     *
     * @param key the row's name, or, in a table without names, what the owner calls it
     * @throws IllegalArgumentException when the table has no {@code external_ids} to stamp, or just
     *     one row for all
     */
    public static RowSpec of(Table table, String key) {
        if (table.externalIds().isEmpty()) {
            throw new IllegalArgumentException(
                    table + " has no external_ids: a row there cannot be stamped, hence not owned");
        }
        if (table.identity() instanceof Identity.Singleton) {
            throw new IllegalArgumentException(table + " has one row for all: use RowSpec.shared");
        }
        return new RowSpec(RowRef.of(table, key), false, false, Map.of(), List.of(), Set.of());
    }

    /**
     * A row that is not the owner's, of which the owner wants certain map entries and set members.
     * It is neither made, stamped nor deleted; when it is missing the plan is blocked.
     */
    public static RowSpec shared(RowRef row) {
        return new RowSpec(row, true, false, Map.of(), List.of(), Set.of());
    }

    /** The column holds this value, whole. */
    public <T> RowSpec with(Column<T> column, T value) {
        return put(column, new Wanted.Exactly(value));
    }

    /** The column gets this value when the row is made, and is left alone from then on. */
    public <T> RowSpec initially(Column<T> column, T value) {
        return put(column, new Wanted.Initially(value));
    }

    /** The map holds these entries; it may hold others. */
    public <K, V> RowSpec withEntries(Column<Map<K, V>> column, Map<K, V> entries) {
        var before = entries(column);
        var present = new LinkedHashMap<Object, Object>(before.present());
        var absent = new LinkedHashSet<Object>(before.absent());
        present.putAll(entries);
        absent.removeAll(entries.keySet());
        return put(column, new Wanted.Entries(present, absent));
    }

    /** The map does not hold these keys; whatever was there under them was the owner's and goes. */
    @SafeVarargs
    public final <K, V> RowSpec withoutEntries(Column<Map<K, V>> column, K... keys) {
        var before = entries(column);
        var present = new LinkedHashMap<Object, Object>(before.present());
        var absent = new LinkedHashSet<Object>(before.absent());
        for (K key : keys) {
            present.remove(key);
            absent.add(key);
        }
        return put(column, new Wanted.Entries(present, absent));
    }

    /** The set holds these members; it may hold others. */
    public <E> RowSpec withMembers(Column<Set<E>> column, Collection<E> members) {
        var before = members(column);
        var present = new LinkedHashSet<Object>(before.present());
        var absent = new LinkedHashSet<Object>(before.absent());
        present.addAll(members);
        absent.removeAll(Set.copyOf(members));
        return put(column, new Wanted.Members(present, absent));
    }

    /** The set does not hold these members. */
    public <E> RowSpec withoutMembers(Column<Set<E>> column, Collection<E> members) {
        var before = members(column);
        var present = new LinkedHashSet<Object>(before.present());
        var absent = new LinkedHashSet<Object>(before.absent());
        present.removeAll(Set.copyOf(members));
        absent.addAll(members);
        return put(column, new Wanted.Members(present, absent));
    }

    /**
     * The set refers to these rows. Of a set that rows live in (such as {@code Port_Group.acls})
     * the rows must be in the same {@link Desired}, and only the owner's rows are ever taken out of
     * it; any other set is the owner's, whole.
     */
    public RowSpec withRefs(Column<Set<UUID>> column, Collection<RowRef> rows) {
        return put(column, new Wanted.References(List.copyOf(rows)));
    }

    /** The same for a few rows. */
    public RowSpec withRefs(Column<Set<UUID>> column, RowRef... rows) {
        return withRefs(column, List.of(rows));
    }

    /** The column refers to this row. */
    public RowSpec withRef(Column<Optional<UUID>> column, RowRef row) {
        return put(column, new Wanted.References(List.of(row)));
    }

    /** The map refers to these rows, whole. */
    public <K> RowSpec withRefEntries(Column<Map<K, UUID>> column, Map<K, RowRef> rows) {
        return put(column, new Wanted.ReferenceEntries(Map.copyOf(rows)));
    }

    /**
     * The row is in this set of the parent, which may be anybody's, and in no other row's set of
     * this column. Several calls for one column: in all of these.
     */
    public RowSpec memberOf(Column<Set<UUID>> column, RowRef parent) {
        var more = new ArrayList<>(memberships);
        more.add(new Membership(column, parent));
        return new RowSpec(
                ref, shared, adopt, columns, List.copyOf(more), plus(memberColumns, column));
    }

    /** The row is in no row's set of this column (unless {@link #memberOf} says otherwise). */
    public RowSpec memberOfNone(Column<Set<UUID>> column) {
        return new RowSpec(ref, shared, adopt, columns, memberships, plus(memberColumns, column));
    }

    /** If there is an unstamped row of this name, take it over, whoever made it. */
    public RowSpec adopt() {
        return new RowSpec(ref, shared, true, columns, memberships, memberColumns);
    }

    public RowRef ref() {
        return ref;
    }

    public Table table() {
        return ref.table();
    }

    /** Whether the row is somebody else's, see {@link #shared}. */
    public boolean isShared() {
        return shared;
    }

    /** Whether the row is taken over from anybody, see {@link #adopt()}. */
    public boolean adopts() {
        return adopt;
    }

    public Map<Column<?>, Wanted> columns() {
        return columns;
    }

    public List<Membership> memberships() {
        return memberships;
    }

    /**
     * The columns of parents that {@link #memberships} speaks about, also those where it says
     * "none".
     */
    public Set<Column<Set<UUID>>> memberColumns() {
        return memberColumns;
    }

    private Wanted.Entries entries(Column<?> column) {
        return switch (columns.get(column)) {
            case null -> new Wanted.Entries(Map.of(), Set.of());
            case Wanted.Entries entries -> entries;
            default ->
                    throw new IllegalArgumentException(
                            column + " of " + ref + " is already given as a whole");
        };
    }

    private Wanted.Members members(Column<?> column) {
        return switch (columns.get(column)) {
            case null -> new Wanted.Members(Set.of(), Set.of());
            case Wanted.Members members -> members;
            default ->
                    throw new IllegalArgumentException(
                            column + " of " + ref + " is already given as a whole");
        };
    }

    private RowSpec put(Column<?> column, Wanted wanted) {
        if (!column.table().equals(ref.table().name())) {
            throw new IllegalArgumentException(column + " is not a column of " + ref);
        }
        if (ref.table().identity() instanceof Identity.Named(var name, _) && name.equals(column)) {
            throw new IllegalArgumentException(column + " is given by the key of " + ref);
        }
        if (!(wanted instanceof Wanted.References) && ref.table().childColumns().contains(column)) {
            throw new IllegalArgumentException(
                    column
                            + " of "
                            + ref
                            + " holds rows that live by it: use withRefs, or memberOf in the other rows");
        }
        var more = new LinkedHashMap<>(columns);
        more.put(column, wanted);
        return new RowSpec(ref, shared, adopt, more, memberships, memberColumns);
    }

    private static <E> Set<E> plus(Set<E> set, E element) {
        var more = new HashSet<>(set);
        more.add(element);
        return Set.copyOf(more);
    }

    @Override
    public String toString() {
        return ref + " " + columns + " in " + memberships;
    }
}
