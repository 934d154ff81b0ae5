package dev.weft.ovn;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row by table and name, so that one can be spoken of before it exists.
 *
 * @param key the row's name, or its {@code weft-key} in a table without names; empty for the row of
 *     a singleton table
 * @param owner whose row, in a table without names; null means the owner of the {@link Desired}
 *     that it stands in
 */
public record RowRef(Table table, String key, @Nullable Owner owner) {
    /** A row by its name, or one's own row by its key. */
    public static RowRef of(Table table, String key) {
        return new RowRef(table, key, null);
    }

    /** A row of another owner in a table whose rows have no names. */
    public static RowRef of(Table table, String key, Owner owner) {
        return new RowRef(table, key, owner);
    }

    /** The only row of a table such as {@code NB_Global} or {@code Open_vSwitch}. */
    public static RowRef singleton(Table table) {
        return new RowRef(table, "", null);
    }

    public RowRef {
        boolean named = !(table.identity() instanceof Identity.Singleton);
        if (named == key.isEmpty()) {
            throw new IllegalArgumentException(
                    named
                            ? "a row of " + table + " needs a key"
                            : table + " has one row: it takes no key, not " + key);
        }
        if (owner != null && !(table.identity() instanceof Identity.Keyed)) {
            throw new IllegalArgumentException(
                    "rows of "
                            + table
                            + " are found by name alone: owner "
                            + owner
                            + " is too much");
        }
    }

    /** The same with the owner filled in where a row is found by it. */
    RowRef ownedBy(Owner self) {
        return owner == null && table.identity() instanceof Identity.Keyed
                ? new RowRef(table, key, self)
                : this;
    }

    Optional<Owner> whose() {
        return Optional.ofNullable(owner);
    }

    @Override
    public String toString() {
        String text = key.isEmpty() ? table.name() : table + " " + key;
        return owner == null ? text : text + " of " + owner;
    }
}
