package dev.weft.kube;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps views of ten thousand objects small: strings that many objects share (label keys and
 * values, namespaces, node names) are one string, and maps are the JDK's compact immutable ones.
 */
final class Compact {

    private Compact() {}

    static String shared(@Nullable String text) {
        return text == null ? "" : text.intern();
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static @Nullable String sharedOrNull(@Nullable String text) {
        return text == null ? null : text.intern();
    }

    /** The entries whose key passes, with shared keys; entries without a value are left out. */
    static Map<String, String> map(
            @Nullable Map<String, String> from, Predicate<String> keep, boolean shareValues) {
        if (from == null || from.isEmpty()) {
            return Map.of();
        }
        var entries =
                from.entrySet().stream()
                        .filter(e -> e.getValue() != null && keep.test(e.getKey()))
                        .map(
                                e ->
                                        Map.entry(
                                                e.getKey().intern(),
                                                shareValues ? e.getValue().intern() : e.getValue()))
                        .toList();
        return Map.ofEntries(entries.<Map.Entry<String, String>>toArray(Compact::entries));
    }

    static Map<String, String> labels(@Nullable Map<String, String> from) {
        return map(from, _ -> true, true);
    }

    static Map<String, String> annotations(@Nullable Map<String, String> from) {
        return map(from, Annotations::concerns, false);
    }

    static <T> List<T> list(@Nullable List<T> from) {
        return from == null ? List.of() : List.copyOf(from);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Map.Entry<String, String>[] entries(int size) {
        return new Map.Entry[size];
    }
}
