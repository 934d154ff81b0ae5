package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All rows that an owner should have in one database. Rows of the owner that are not among them go.
 *
 * @param rows in any order
 */
public record Desired(Owner owner, List<RowSpec> rows) {
    /**
     * @throws IllegalArgumentException when a row is named twice, or could not live where it is put
     */
    public Desired {
        refuseDoubleSay(owner, rows);
        rows = withChildren(owner, rows);
        for (RowSpec row : rows) {
            boolean lives =
                    row.isShared()
                            || row.table().root()
                            || row.memberships().stream().anyMatch(Desired::givesLife);
            if (!lives) {
                throw new IllegalArgumentException(
                        "%s of %s needs memberOf a set that keeps it alive: the database drops rows of %s that nothing refers to"
                                .formatted(row.ref(), owner, row.table()));
            }
        }
    }

    public static Desired of(Owner owner, RowSpec... rows) {
        return new Desired(owner, List.of(rows));
    }

    /** No rows at all: what the owner has, goes. */
    public static Desired nothing(Owner owner) {
        return new Desired(owner, List.of());
    }

    private static boolean givesLife(Membership membership) {
        return membership
                .parent()
                .table()
                .reference(membership.column())
                .filter(r -> r.kind() == Reference.Kind.OWNS)
                .isPresent();
    }

    /**
     * A set is stated by its row or by its members, not by both: one would undo what the other did.
     */
    private static void refuseDoubleSay(Owner owner, List<RowSpec> rows) {
        var stated = new HashMap<RowRef, RowSpec>();
        rows.forEach(row -> stated.put(row.ref().ownedBy(owner), row));
        for (RowSpec member : rows) {
            for (Membership membership : member.memberships()) {
                RowSpec parent = stated.get(membership.parent().ownedBy(owner));
                if (parent != null && parent.columns().containsKey(membership.column())) {
                    throw new IllegalArgumentException(
                            "%s of %s: %s is stated both by the row itself and by memberOf of %s"
                                    .formatted(
                                            parent.ref(),
                                            owner,
                                            membership.column(),
                                            member.ref()));
                }
            }
        }
    }

    /**
     * Turns references of a parent to its children into the children's memberships, so that there
     * is one form of both.
     */
    private static List<RowSpec> withChildren(Owner owner, List<RowSpec> given) {
        var byRef = new HashMap<RowRef, Integer>();
        var rows = new ArrayList<>(given);
        for (int i = 0; i < given.size(); i++) {
            if (byRef.put(given.get(i).ref().ownedBy(owner), i) != null) {
                throw new IllegalArgumentException(
                        owner + " names " + given.get(i).ref() + " twice");
            }
        }
        for (RowSpec parent : given) {
            for (var column : parent.table().childColumns()) {
                if (parent.columns().get(column) instanceof Wanted.References(var children)) {
                    children.forEach(child -> adopt(owner, rows, byRef, parent, column, child));
                }
            }
        }
        return List.copyOf(rows);
    }

    private static void adopt(
            Owner owner,
            List<RowSpec> rows,
            Map<RowRef, Integer> byRef,
            RowSpec parent,
            Column<?> column,
            RowRef child) {
        Integer place = byRef.get(child.ownedBy(owner));
        if (place == null) {
            throw new IllegalArgumentException(
                    "%s of %s: %s lives by being in %s, so it must be among the same owner's rows; another owner's row says memberOf"
                            .formatted(parent.ref(), owner, child, column));
        }
        rows.set(place, rows.get(place).memberOf(Table.asReferenceSet(column), parent.ref()));
    }
}
