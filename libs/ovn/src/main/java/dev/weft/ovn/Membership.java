package dev.weft.ovn;

import dev.weft.ovsdb.Column;
import java.util.Set;
import java.util.UUID;

/** A row's place in a set of a parent, e.g. a port's in {@code Logical_Switch.ports}. */
public record Membership(Column<Set<UUID>> column, RowRef parent) {
    public Membership {
        if (!column.table().equals(parent.table().name())) {
            throw new IllegalArgumentException(column + " is not a column of " + parent);
        }
    }
}
