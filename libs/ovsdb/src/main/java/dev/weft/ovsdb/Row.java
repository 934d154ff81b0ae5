package dev.weft.ovsdb;

import java.util.UUID;

/** An immutable snapshot of a row with the columns that were asked for. */
public interface Row {
    String table();

    UUID uuid();

    /**
     * The column's value; the type's default when nobody set it.
     *
     * @throws IllegalArgumentException when the column was not asked for, was asked for with
     *     another type, belongs to another table, or is missing in the server's schema (see {@link
     *     #getOr})
     */
    <T> T get(Column<T> column);

    /**
     * The column's value, or the given one when the server's schema lacks the column (an optional
     * capability).
     */
    <T> T getOr(Column<T> column, T whenSchemaLacksIt);

    /** Whether the server's schema has this column and it was asked for. */
    boolean has(Column<?> column);
}
