package dev.weft.ovsdb.notation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives back one instance for equal strings, numbers and UUIDs that come close together, so that a
 * replica does not hold "true" a hundred thousand times. Bounded: a direct-mapped cache, no record
 * of everything ever seen. Not thread-safe.
 */
public final class ValueInterner {
    private final @Nullable Object[] slots;

    /**
     * @param size how many values to remember; a power of two
     */
    public ValueInterner(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("size " + size + " is not a power of two");
        }
        slots = new Object[size];
    }

    /** An equal value seen before, or this one. */
    @SuppressWarnings("unchecked") // equal objects of these final classes have the same class
    public <T> T intern(T value) {
        var hash = value.hashCode();
        var index = (hash ^ hash >>> 16) & slots.length - 1;
        var known = slots[index];
        if (known != null && known.equals(value)) {
            return (T) known;
        }
        slots[index] = value;
        return value;
    }

    /** A UUID from its text of 36 characters. */
    public UUID uuid(String text) {
        return intern(UUID.fromString(text));
    }
}
