package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.ColumnType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The smallest edit that brings one column from what it holds to what is wanted of it. */
final class ColumnDiff {
    private ColumnDiff() {}

    /** The whole column is ours. */
    static Optional<Change.Edit> exactly(Column<?> column, Object current, Object wanted) {
        if (current.equals(wanted)) {
            return Optional.empty();
        }
        return switch (column.type().shape()) {
            case ColumnType.Shape.SET ->
                    members(
                            column,
                            (Set<?>) current,
                            (Set<?>) wanted,
                            minus((Set<?>) current, (Set<?>) wanted));
            case ColumnType.Shape.MAP -> {
                var have = (Map<?, ?>) current;
                var want = (Map<?, ?>) wanted;
                yield entries(column, have, want, minus(have.keySet(), want.keySet()));
            }
            case ColumnType.Shape.SCALAR, ColumnType.Shape.OPTIONAL ->
                    Optional.of(new Change.Edit.Assign(column, current, wanted));
        };
    }

    /** Only the named members are ours. */
    static Optional<Change.Edit> members(
            Column<?> column, Set<?> current, Set<?> present, Set<?> absent) {
        Set<Object> added = minus(present, current);
        var removed = new LinkedHashSet<Object>(absent);
        removed.retainAll(current);
        return added.isEmpty() && removed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change.Edit.Members(column, added, removed));
    }

    /** Only the named keys are ours. */
    static Optional<Change.Edit> entries(
            Column<?> column, Map<?, ?> current, Map<?, ?> present, Set<?> absent) {
        var put = new LinkedHashMap<Object, Object>();
        var replaced = new LinkedHashSet<Object>();
        present.forEach(
                (key, value) -> {
                    Object have = current.get(key);
                    if (!value.equals(have)) {
                        put.put(key, value);
                        if (have != null) {
                            replaced.add(key);
                        }
                    }
                });
        var removed = new LinkedHashSet<Object>(absent);
        removed.retainAll(current.keySet());
        return put.isEmpty() && removed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change.Edit.Entries(column, put, removed, replaced));
    }

    private static Set<Object> minus(Set<?> some, Set<?> others) {
        var left = new LinkedHashSet<Object>();
        for (Object each : some) {
            if (!others.contains(each)) {
                left.add(each);
            }
        }
        return left;
    }
}
