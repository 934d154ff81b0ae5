package dev.weft.cni;

import dev.weft.cni.json.JsonException;
import dev.weft.cni.json.JsonReader;
import dev.weft.cni.json.JsonValue;
import dev.weft.cni.json.JsonValue.JsonArray;
import dev.weft.cni.json.JsonValue.JsonBool;
import dev.weft.cni.json.JsonValue.JsonNumber;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to the members of an object. A member that is {@code null} counts as absent. A
 * member of the wrong type is {@link CniErrorCode#DECODING_FAILURE}, a required one that is absent
 * or out of range {@link CniErrorCode#INVALID_NETWORK_CONFIG}; both messages give the member's
 * path, as {@code prevResult.ips[1].address}.
 */
public final class Fields {

    private final String path;
    private final JsonObject object;

    private Fields(String path, JsonObject object) {
        this.path = path;
        this.object = object;
    }

    /**
     * Reads a text that must be an object; {@code what} names it in errors ("the network
     * configuration").
     */
    public static Fields read(byte[] utf8, String what) {
        JsonValue value;
        try {
            value = JsonReader.read(utf8);
        } catch (JsonException e) {
            throw new CniException(
                    CniErrorCode.DECODING_FAILURE, what + " is not JSON", e.getMessage());
        }
        if (value instanceof JsonObject object) {
            return new Fields("", object);
        }
        throw new CniException(
                CniErrorCode.DECODING_FAILURE,
                what + " is not a JSON object",
                "found " + value.kind());
    }

    /** The members of an object that needs no path. */
    public static Fields of(JsonObject object) {
        return new Fields("", object);
    }

    /** The object itself. */
    public JsonObject json() {
        return object;
    }

    /** The path of a member of this object. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A string, or null. */
    public @Nullable String text(String name) {
        return switch (object.get(name)) {
            case null -> null;
            case JsonString string -> string.value();
            case JsonValue other -> throw wrongType(path(name), "a string", other);
        };
    }

    /** A string that is there and not empty. */
    public String requiredText(String name) {
        var text = text(name);
        if (text == null || text.isEmpty()) {
            throw missing(name);
        }
        return text;
    }

    /** A boolean, false when absent. */
    public boolean flag(String name) {
        return switch (object.get(name)) {
            case null -> false;
            case JsonBool bool -> bool.value();
            case JsonValue other -> throw wrongType(path(name), "a boolean", other);
        };
    }

    /** An integer of that range, or null. */
    public @Nullable Long integer(String name, long min, long max) {
        var value = object.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonNumber number)) {
            throw wrongType(path(name), "an integer", value);
        }
        var integer = number.integer();
        if (integer == null || integer < min || integer > max) {
            throw new CniException(
                    CniErrorCode.INVALID_NETWORK_CONFIG,
                    "invalid field " + path(name),
                    path(name)
                            + " is "
                            + number.literal()
                            + ", it must be an integer from "
                            + min
                            + " to "
                            + max);
        }
        return integer;
    }

    /** An integer of that range that is there. */
    public long requiredInteger(String name, long min, long max) {
        var integer = integer(name, min, max);
        if (integer == null) {
            throw missing(name);
        }
        return integer;
    }

    /** An object, or null. */
    public @Nullable Fields object(String name) {
        var value = object.get(name);
        return value == null ? null : asObject(path(name), value);
    }

    /** An object that is there. */
    public Fields requiredObject(String name) {
        var found = object(name);
        if (found == null) {
            throw missing(name);
        }
        return found;
    }

    /** A list of objects, empty when absent. */
    public List<Fields> objects(String name) {
        var found = new ArrayList<Fields>();
        for (var element : elements(name)) {
            found.add(asObject(path(name) + "[" + found.size() + "]", element));
        }
        return found;
    }

    /** A list of strings, empty when absent. */
    public List<String> texts(String name) {
        var found = new ArrayList<String>();
        for (var element : elements(name)) {
            if (!(element instanceof JsonString string)) {
                throw wrongType(path(name) + "[" + found.size() + "]", "a string", element);
            }
            found.add(string.value());
        }
        return List.copyOf(found);
    }

    private List<JsonValue> elements(String name) {
        return switch (object.get(name)) {
            case null -> List.of();
            case JsonArray array -> array.elements();
            case JsonValue other -> throw wrongType(path(name), "an array", other);
        };
    }

    private static Fields asObject(String path, JsonValue value) {
        if (value instanceof JsonObject object) {
            return new Fields(path, object);
        }
        throw wrongType(path, "an object", value);
    }

    private CniException missing(String name) {
        return new CniException(
                CniErrorCode.INVALID_NETWORK_CONFIG,
                "missing field " + path(name),
                path(name) + " is required");
    }

    private static CniException wrongType(String path, String expected, JsonValue found) {
        return new CniException(
                CniErrorCode.DECODING_FAILURE,
                "wrong type of field " + path,
                path + " must be " + expected + ", found " + found.kind());
    }
}
