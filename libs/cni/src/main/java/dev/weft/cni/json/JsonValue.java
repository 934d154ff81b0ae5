package dev.weft.cni.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value. Immutable; objects keep the order of their members. */
public sealed interface JsonValue {

    /** The one {@code null}. */
    JsonNull NULL = new JsonNull();

    /** What the value is called in error messages. */
    default String kind() {
        return switch (this) {
            case JsonObject _ -> "an object";
            case JsonArray _ -> "an array";
            case JsonString _ -> "a string";
            case JsonNumber _ -> "a number";
            case JsonBool _ -> "a boolean";
            case JsonNull _ -> "null";
        };
    }

    /** An object; member names are unique. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /**
         * The member, or null when it is absent or JSON's {@code null} (which CNI treats alike).
         */
        public @Nullable JsonValue get(String name) {
            var value = members.get(name);
            return value instanceof JsonNull ? null : value;
        }

        /** Starts an object; members that are null are left out. */
        public static Builder builder() {
            return new Builder();
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /** A string. */
    record JsonString(String value) implements JsonValue {}

    /** A number, kept as written so that nothing is lost in passing it on. */
    record JsonNumber(String literal) implements JsonValue {

        /** The number of an integer. */
        public static JsonNumber of(long value) {
            return new JsonNumber(Long.toString(value));
        }

        /** The value when it is written as an integer that fits in 64 bits, otherwise null. */
        public @Nullable Long integer() {
            try {
                return Long.valueOf(literal);
            } catch (NumberFormatException _) {
                return null; // a fraction, an exponent, or too large: not an integer to us
            }
        }
    }

    /** A boolean. */
    record JsonBool(boolean value) implements JsonValue {}

    /** JSON's {@code null}. */
    record JsonNull() implements JsonValue {}

    /**
     * Collects members in order; absent (null) and empty ones are left out, as CNI's optional
     * fields are.
     */
    final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        /** Adds a member unless the value is null. */
        public Builder put(String name, @Nullable JsonValue value) {
            if (value != null) {
                members.put(name, value);
            }
            return this;
        }

        /** Adds a string unless it is null. */
        public Builder put(String name, @Nullable String value) {
            return put(name, value == null ? null : new JsonString(value));
        }

        /** Adds an integer unless it is null. */
        public Builder put(String name, @Nullable Long value) {
            return put(name, value == null ? null : JsonNumber.of(value));
        }

        /** Adds an array unless it is empty. */
        public Builder put(String name, List<? extends JsonValue> values) {
            return put(name, values.isEmpty() ? null : new JsonArray(List.copyOf(values)));
        }

        /** Adds an array of strings unless it is empty. */
        public Builder putTexts(String name, List<String> values) {
            return put(name, values.stream().map(JsonString::new).toList());
        }

        /** Adds every member of another object. */
        public Builder putAll(Map<String, JsonValue> others) {
            members.putAll(others);
            return this;
        }

        /** The object. */
        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
