package dev.weft.kube;

import dev.weft.kube.SubnetResolution.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Ends the reading of a spec at the first wrong field; never leaves this package. */
final class InvalidField extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;

    InvalidField(String field, String value, String message) {
        super(message, null, false, false);
        this.field = field;
        this.value = value;
    }

    Invalid invalid() {
        return new Invalid(field, value, String.valueOf(getMessage()));
    }

    static void unless(boolean holds, String field, String value, String message) {
        if (!holds) {
            throw new InvalidField(field, value, message);
        }
    }

    static <T> T read(String field, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, text, Quote.shorten(String.valueOf(e.getMessage())));
        }
    }

    static <T> List<T> list(String field, List<String> texts, Function<String, T> parser) {
        var items = new ArrayList<T>();
        for (var i = 0; i < texts.size(); i++) {
            items.add(read("%s[%d]".formatted(field, i), texts.get(i), parser));
        }
        return List.copyOf(items);
    }
}
