package dev.weft.ovsdb;

import java.util.ArrayList;
import java.util.List;

/**
 * What a client needs of the database's schema, checked at every connect, before anything else is
 * done.
 *
 * @param required columns that must be there with a fitting type
 * @param optional columns that may be missing in older servers; when there, their type must fit
 */
public record SchemaRequirements(List<Column<?>> required, List<Column<?>> optional) {
    public static final SchemaRequirements NONE = new SchemaRequirements(List.of(), List.of());

    public SchemaRequirements {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    public static SchemaRequirements require(Column<?>... columns) {
        return new SchemaRequirements(List.of(columns), List.of());
    }

    /** These requirements, and further columns that may be missing. */
    public SchemaRequirements withOptional(Column<?>... columns) {
        var all = new ArrayList<>(optional);
        all.addAll(List.of(columns));
        return new SchemaRequirements(required, all);
    }
}
