package dev.weft.kube.v1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what JSON may leave out, or fill with {@code null}, as empty and immutable. */
final class Lists {

    private Lists() {}

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** Order and null values are kept: what we do not know is given back as it came. */
    static Map<String, Object> orEmpty(@Nullable Map<String, Object> map) {
        return map == null || map.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
