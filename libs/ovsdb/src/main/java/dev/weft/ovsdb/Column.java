package dev.weft.ovsdb;

import java.util.UUID;

/**
 * A column of a table, and the type that our code reads and writes it with. Make them constants.
 *
 * @param table the table's name, e.g. {@code Logical_Switch}
 * @param name the column's name, e.g. {@code other_config}
 * @param <T> the Java type of its values
 */
public record Column<T>(String table, String name, ColumnType<T> type) {
    /** The name of the column that every table has: the row's identity (RFC 7047 section 3.2). */
    public static final String UUID_NAME = "_uuid";

    /** The column {@code _uuid} of a table, for conditions. */
    public static Column<UUID> uuid(String table) {
        return new Column<>(table, UUID_NAME, ColumnType.UUID);
    }

    @Override
    public String toString() {
        return table + "." + name;
    }
}
