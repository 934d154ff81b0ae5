package dev.weft.ovsdb.notation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Immutable sets and maps for the values of a replica: the JDK's compact ones while small,
 * persistent ones when big, and the differences that {@code update2} sends for them
 * (ovsdb-server(7), 4.1.14).
 */
public final class Compact {
    private static final int SMALL = 16;

    private Compact() {}

    /** An immutable set of these elements. */
    public static <E> Set<E> set(Set<E> elements) {
        if (elements.size() <= SMALL) {
            return Set.copyOf(elements);
        }
        var set = PersistentSet.<E>empty();
        for (var element : elements) {
            set = set.with(element);
        }
        return set;
    }

    /** An immutable map of these entries. */
    public static <K, V> Map<K, V> map(Map<K, V> entries) {
        if (entries.size() <= SMALL) {
            return Map.copyOf(entries);
        }
        var map = PersistentMap.<K, V>empty();
        for (var entry : entries.entrySet()) {
            map = map.with(entry.getKey(), entry.getValue());
        }
        return map;
    }

    /**
     * A set after a difference: elements of the difference are added when absent and removed when
     * present.
     */
    public static <E> Set<E> toggled(Set<E> before, Set<E> difference) {
        if (before instanceof PersistentSet<E> set) {
            for (var element : difference) {
                set = set.contains(element) ? set.without(element) : set.with(element);
            }
            return set;
        }
        var set = new HashSet<>(before);
        for (var element : difference) {
            if (!set.remove(element)) {
                set.add(element);
            }
        }
        return set(set);
    }

    /**
     * Tells the elements that only one of two sets has. Big sets of which one was made from the
     * other by {@link #toggled} are compared without looking at what they share.
     */
    public static <E> void difference(
            Set<E> some,
            Set<E> other,
            Consumer<? super E> onlySome,
            Consumer<? super E> onlyOther) {
        if (some == other) {
            return;
        }
        if (some instanceof PersistentSet<E> big && other instanceof PersistentSet<E> alsoBig) {
            PersistentSet.difference(big, alsoBig, onlySome, onlyOther);
            return;
        }
        for (var element : some) {
            if (!other.contains(element)) {
                onlySome.accept(element);
            }
        }
        for (var element : other) {
            if (!some.contains(element)) {
                onlyOther.accept(element);
            }
        }
    }

    /**
     * A map after a difference: a pair that is there is removed; else its key is bound to its
     * value.
     */
    public static <K, V> Map<K, V> toggled(Map<K, V> before, Map<K, V> difference) {
        if (before instanceof PersistentMap<K, V> map) {
            for (var entry : difference.entrySet()) {
                var same = entry.getValue().equals(map.get(entry.getKey()));
                map =
                        same
                                ? map.without(entry.getKey())
                                : map.with(entry.getKey(), entry.getValue());
            }
            return map;
        }
        var map = new HashMap<>(before);
        for (var entry : difference.entrySet()) {
            if (!map.remove(entry.getKey(), entry.getValue())) {
                map.put(entry.getKey(), entry.getValue());
            }
        }
        return map(map);
    }
}
