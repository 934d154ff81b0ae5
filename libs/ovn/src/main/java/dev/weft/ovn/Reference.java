package dev.weft.ovn;

import dev.weft.ovsdb.Column;

/**
 * A column that holds references to rows of another table.
 *
 * @param table the name of the table that it refers to
 */
public record Reference(Column<?> column, Kind kind, String table) {
    /**
     * What a reference means for the life of the row that it points to (ovsdb(7), strong and weak
     * references).
     */
    public enum Kind {
        /** Strong, to a non-root table: the row lives as long as such a reference to it does. */
        OWNS,
        /**
         * Strong, to a root table: the database refuses to delete the row while it is referred to.
         */
        REQUIRES,
        /** Weak: the database takes the reference away when the row goes. */
        POINTS_TO
    }
}
