package dev.weft.cni.json;

import dev.weft.cni.json.JsonValue.JsonArray;
import dev.weft.cni.json.JsonValue.JsonBool;
import dev.weft.cni.json.JsonValue.JsonNull;
import dev.weft.cni.json.JsonValue.JsonNumber;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes JSON without spaces, as {@link JsonReader} reads it. */
public final class JsonWriter {

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    /** The value as text. */
    public static String write(JsonValue value) {
        var writer = new JsonWriter();
        writer.value(value);
        return writer.out.toString();
    }

    /** The value as UTF-8. */
    public static byte[] writeBytes(JsonValue value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    private void value(JsonValue value) {
        switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> array(array);
            case JsonString string -> string(string.value());
            case JsonNumber number -> out.append(number.literal());
            case JsonBool bool -> out.append(bool.value());
            case JsonNull _ -> out.append("null");
        }
    }

    private void object(JsonObject object) {
        char before = '{';
        for (var member : object.members().entrySet()) {
            out.append(before);
            before = ',';
            string(member.getKey());
            out.append(':');
            value(member.getValue());
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private void array(JsonArray array) {
        char before = '[';
        for (var element : array.elements()) {
            out.append(before);
            before = ',';
            value(element);
        }
        out.append(before == '[' ? "[]" : "]");
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
