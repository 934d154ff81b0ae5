package dev.weft.ovsdb.notation;

import java.util.Map;
import java.util.Set;

/**
 * Immutable sets and maps for the values of a replica: the JDK's compact ones while small,
 * persistent ones when big.
 */
public final class Compact {
    private Compact() {}

    public static <E> Set<E> set(Set<E> elements) {
        return Set.copyOf(elements);
    }

    public static <K, V> Map<K, V> map(Map<K, V> entries) {
        return Map.copyOf(entries);
    }
}
