package dev.weft.cni.json;

import dev.weft.cni.json.JsonValue.JsonArray;
import dev.weft.cni.json.JsonValue.JsonBool;
import dev.weft.cni.json.JsonValue.JsonNumber;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Reads one JSON value (RFC 8259) and nothing else. Refused on purpose, although other readers let
 * it pass: member names that repeat (two readers would see two different configurations), bytes
 * that are not UTF-8, half surrogate pairs, a byte order mark, and whatever exceeds {@link
 * #MAX_BYTES} or {@link #MAX_DEPTH}.
 */
public final class JsonReader {

    /**
     * The largest text in bytes: far above any CNI configuration with its {@code prevResult}, far
     * below what would hurt.
     */
    public static final int MAX_BYTES = 1 << 20;

    /** The deepest nesting; it bounds this reader's recursion. */
    public static final int MAX_DEPTH = 64;

    private static final int MAX_NUMBER_LENGTH = 128;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** Reads UTF-8 bytes. Throws {@link JsonException}. */
    public static JsonValue read(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            throw new JsonException(MAX_BYTES, "the text is larger than " + MAX_BYTES + " bytes");
        }
        var bytes = ByteBuffer.wrap(utf8);
        try {
            return read(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException _) {
            throw new JsonException(bytes.position(), "the text is not UTF-8");
        }
    }

    /** Reads a text. Throws {@link JsonException}. */
    public static JsonValue read(String text) {
        if (text.length() > MAX_BYTES) {
            throw new JsonException(
                    MAX_BYTES, "the text is longer than " + MAX_BYTES + " characters");
        }
        var reader = new JsonReader(text);
        reader.skipWhitespace();
        var value = reader.value(0);
        reader.skipWhitespace();
        if (reader.at < text.length()) {
            throw reader.unexpected("the end of the text");
        }
        return value;
    }

    private JsonValue value(int depth) {
        if (depth >= MAX_DEPTH) {
            throw new JsonException(at, "nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonString(string());
            case 't' -> word("true", new JsonBool(true));
            case 'f' -> word("false", new JsonBool(false));
            case 'n' -> word("null", JsonValue.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("a value");
        };
    }

    private JsonObject object(int depth) {
        at++;
        var members = new LinkedHashMap<String, JsonValue>();
        skipWhitespace();
        if (skipIf('}')) {
            return new JsonObject(members);
        }
        while (true) {
            skipWhitespace();
            int start = at;
            if (peek() != '"') {
                throw unexpected("a member name in double quotes");
            }
            var name = string();
            skipWhitespace();
            if (!skipIf(':')) {
                throw unexpected("':'");
            }
            skipWhitespace();
            if (members.put(name, value(depth + 1)) != null) {
                throw new JsonException(
                        start, "member " + Quoted.of(name) + " appears twice in one object");
            }
            skipWhitespace();
            if (skipIf('}')) {
                return new JsonObject(members);
            }
            if (!skipIf(',')) {
                throw unexpected("',' or '}'");
            }
        }
    }

    private JsonArray array(int depth) {
        at++;
        List<JsonValue> elements = new ArrayList<>();
        skipWhitespace();
        if (skipIf(']')) {
            return new JsonArray(elements);
        }
        while (true) {
            skipWhitespace();
            elements.add(value(depth + 1));
            skipWhitespace();
            if (skipIf(']')) {
                return new JsonArray(elements);
            }
            if (!skipIf(',')) {
                throw unexpected("',' or ']'");
            }
        }
    }

    private String string() {
        int start = at++;
        var value = new StringBuilder();
        while (true) {
            char c = next(start);
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                throw new JsonException(at - 1, "a control character in a string must be escaped");
            }
            if (c == '\\') {
                escape(start, value);
            } else {
                value.append(c);
            }
        }
    }

    private void escape(int start, StringBuilder value) {
        char c = next(start);
        switch (c) {
            case '"', '\\', '/' -> value.append(c);
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u' -> unicode(start, value);
            default ->
                    throw new JsonException(
                            at - 1, "no such escape: \\" + Quoted.of(String.valueOf(c)));
        }
    }

    private void unicode(int start, StringBuilder value) {
        char c = fourHexDigits(start);
        value.append(c);
        if (Character.isHighSurrogate(c)) {
            if (next(start) != '\\' || next(start) != 'u') {
                throw new JsonException(at - 1, "a high surrogate must be followed by a low one");
            }
            char low = fourHexDigits(start);
            if (!Character.isLowSurrogate(low)) {
                throw new JsonException(at - 1, "a high surrogate must be followed by a low one");
            }
            value.append(low);
        } else if (Character.isLowSurrogate(c)) {
            throw new JsonException(at - 1, "a low surrogate without a high one before it");
        }
    }

    private char fourHexDigits(int start) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = next(start);
            int digit =
                    c < 128
                            ? Character.digit(c, 16)
                            : -1; // Character.digit also knows digits of other scripts
            if (digit < 0) {
                throw new JsonException(at - 1, "\\u must be followed by four hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private JsonNumber number() {
        int start = at;
        skipIf('-');
        if (!skipIf('0')) {
            digits();
        }
        if (skipIf('.')) {
            digits();
        }
        if (skipIf('e') || skipIf('E')) {
            if (!skipIf('+')) {
                skipIf('-');
            }
            digits();
        }
        if (at - start > MAX_NUMBER_LENGTH) {
            throw new JsonException(
                    start, "a number longer than " + MAX_NUMBER_LENGTH + " characters");
        }
        return new JsonNumber(text.substring(start, at));
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw unexpected("a digit");
        }
    }

    private JsonValue word(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw unexpected(word);
        }
        at += word.length();
        return value;
    }

    private char next(int start) {
        if (at >= text.length()) {
            throw new JsonException(start, "the string that begins here has no end");
        }
        return text.charAt(at++);
    }

    private char peek() {
        if (at >= text.length()) {
            throw new JsonException(at, "the text ends too early");
        }
        return text.charAt(at);
    }

    private boolean skipIf(char expected) {
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipWhitespace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private JsonException unexpected(String expected) {
        return at >= text.length()
                ? new JsonException(at, "expected " + expected + ", but the text ends")
                : new JsonException(
                        at,
                        "expected "
                                + expected
                                + ", found "
                                + Quoted.of(String.valueOf(text.charAt(at))));
    }
}
