package dev.weft.ovn;

import dev.weft.ovsdb.Column;

/** How a row of a table is told from the others, beside its UUID. */
public sealed interface Identity {
    /**
     * By a column.
     *
     * @param unique whether the database keeps the column unique; if not, we guard inserts with a
     *     {@code wait}
     */
    record Named(Column<String> column, boolean unique) implements Identity {}

    /** By owner and {@code external_ids:weft-key}, for want of a name. */
    record Keyed() implements Identity {}

    /** There is only one row. */
    record Singleton() implements Identity {}
}
