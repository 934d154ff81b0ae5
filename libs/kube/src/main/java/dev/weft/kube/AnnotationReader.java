package dev.weft.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotations of one provider's interface and remembers what it could not understand. A
 * value that is absent, or blank, is not said.
 */
final class AnnotationReader {

    private static final int LONGEST = 16 * 1024;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private final Map<String, String> annotations;
    private final @Nullable String provider;
    private final List<AnnotationError> errors = new ArrayList<>();

    AnnotationReader(Map<String, String> annotations, @Nullable String provider) {
        this.annotations = annotations;
        this.provider = provider;
    }

    List<AnnotationError> errors() {
        return errors;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(annotations.get(Annotations.of(provider, key)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /**
     * The value as {@code parser} has it; any exception of the parser's that says "bad argument"
     * becomes an error.
     */
    <T> Optional<T> read(String key, String allowed, Function<String, T> parser) {
        return text(key)
                .flatMap(
                        text -> {
                            try {
                                if (text.length() > LONGEST) {
                                    throw new IllegalArgumentException("too long");
                                }
                                return Optional.of(parser.apply(text));
                            } catch (IllegalArgumentException _) {
                                errors.add(
                                        new AnnotationError(
                                                Annotations.of(provider, key), text, allowed));
                                return Optional.empty();
                            }
                        });
    }

    Optional<String> name(String key, String what) {
        return read(key, "the name of " + what, AnnotationReader::name);
    }

    List<String> names(String key, String what) {
        return read(
                        key,
                        "names of %s separated by commas".formatted(what),
                        text ->
                                Stream.of(text.split(","))
                                        .map(String::strip)
                                        .filter(n -> !n.isEmpty())
                                        .map(AnnotationReader::name)
                                        .toList())
                .orElse(List.of());
    }

    Optional<Boolean> flag(String key) {
        return read(
                key,
                "\"true\" or \"false\"",
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException(text);
                        });
    }

    Map<String, String> options(String key) {
        return read(
                        key,
                        "options of the form k=v,k=v",
                        text -> {
                            var options = new LinkedHashMap<String, String>();
                            for (var item : text.split(",")) {
                                var at = item.indexOf('=');
                                if (at <= 0) {
                                    throw new IllegalArgumentException(item);
                                }
                                options.put(
                                        item.substring(0, at).strip(),
                                        item.substring(at + 1).strip());
                            }
                            return Map.<String, String>copyOf(options);
                        })
                .orElse(Map.of());
    }

    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
