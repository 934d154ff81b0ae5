package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.notation.Compact;
import dev.weft.ovsdb.notation.PersistentMap;
import dev.weft.ovsdb.notation.PersistentSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From the members of a set column to the rows that hold them, e.g. from a port to its switch.
 * Immutable. A set that changed costs what changed of it.
 *
 * @param rows the {@link UUID} of the one row that holds a member, or a {@link PersistentSet} of
 *     them
 */
record MemberIndex(Column<?> column, PersistentMap<Object, Object> rows) {
    static MemberIndex of(Column<?> column) {
        return new MemberIndex(column, PersistentMap.empty());
    }

    MemberIndex changed(@Nullable ReplicaRow before, @Nullable ReplicaRow after) {
        var changer = new Changer(rows);
        Compact.difference(
                members(before),
                members(after),
                member -> changer.remove(member, before),
                member -> changer.add(member, after));
        return changer.rows == rows ? this : new MemberIndex(column, changer.rows);
    }

    private Set<Object> members(@Nullable ReplicaRow row) {
        return row == null || !row.has(column) ? Set.of() : asSet(row.get(column));
    }

    @SuppressWarnings("unchecked") // MonitorSpec takes set columns only
    private static Set<Object> asSet(Object value) {
        return (Set<Object>) value;
    }

    Collection<UUID> find(Object member) {
        return switch (rows.get(member)) {
            case null -> List.of();
            case UUID single -> List.of(single);
            case Object many -> several(many);
        };
    }

    @SuppressWarnings("unchecked") // what is not a UUID is such a set
    private static PersistentSet<UUID> several(Object many) {
        return (PersistentSet<UUID>) many;
    }

    private static final class Changer {
        private PersistentMap<Object, Object> rows;

        private Changer(PersistentMap<Object, Object> rows) {
            this.rows = rows;
        }

        private void add(Object member, @Nullable ReplicaRow row) {
            var uuid = uuid(row);
            rows =
                    switch (rows.get(member)) {
                        case null -> rows.with(member, uuid);
                        case UUID single when single.equals(uuid) -> rows;
                        case UUID single ->
                                rows.with(
                                        member,
                                        PersistentSet.<UUID>empty().with(single).with(uuid));
                        case Object many -> rows.with(member, several(many).with(uuid));
                    };
        }

        private void remove(Object member, @Nullable ReplicaRow row) {
            var uuid = uuid(row);
            rows =
                    switch (rows.get(member)) {
                        case null -> rows;
                        case UUID single -> single.equals(uuid) ? rows.without(member) : rows;
                        case Object many -> {
                            var rest = several(many).without(uuid);
                            yield rows.with(
                                    member, rest.size() == 1 ? rest.iterator().next() : rest);
                        }
                    };
        }

        private static UUID uuid(@Nullable ReplicaRow row) {
            if (row == null) {
                throw new IllegalStateException("a member of no row");
            }
            return row.uuid();
        }
    }
}
