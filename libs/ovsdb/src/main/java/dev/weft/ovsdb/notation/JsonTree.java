package dev.weft.ovsdb.notation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds one JSON value out of tokens as they come: {@link String}, {@link Long}, {@link Double},
 * {@link Boolean}, {@link Null}, {@link List} or {@link Map}. Used for small values (a row, a
 * transaction's reply), never for a dump.
 */
public final class JsonTree {
    /** JSON's null, so that a tree has no Java null. */
    public enum Null {
        NULL
    }

    private final Deque<Object> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private @Nullable Object result;

    /**
     * Takes the next token of the value.
     *
     * @return true when the value is complete; {@link #take} has it then
     */
    public boolean accept(JsonToken token, JsonParser parser) throws IOException {
        switch (token) {
            case FIELD_NAME -> names.push(parser.currentName());
            case START_OBJECT -> open.push(new LinkedHashMap<String, Object>(4));
            case START_ARRAY -> open.push(new ArrayList<Object>(4));
            case END_OBJECT, END_ARRAY -> add(open.pop());
            case VALUE_STRING -> add(parser.getText());
            case VALUE_NUMBER_INT -> add(integer(parser));
            case VALUE_NUMBER_FLOAT -> add(parser.getDoubleValue());
            case VALUE_TRUE -> add(true);
            case VALUE_FALSE -> add(false);
            case VALUE_NULL -> add(Null.NULL);
            default -> throw new ProtocolError("unexpected JSON token " + token);
        }
        return result != null;
    }

    /** The complete value; the builder is ready for the next one. */
    public Object take() {
        var value = result;
        if (value == null) {
            throw new IllegalStateException("the value is not complete");
        }
        result = null;
        return value;
    }

    private static Object integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> throw new ProtocolError("integer out of range: " + parser.getText());
        };
    }

    @SuppressWarnings("unchecked") // open holds only the lists and maps made above
    private void add(Object value) {
        switch (open.peek()) {
            case null -> result = value;
            case List<?> list -> ((List<Object>) list).add(value);
            case Map<?, ?> map -> ((Map<String, Object>) map).put(names.pop(), value);
            default -> throw new IllegalStateException();
        }
    }

    /** Parses a whole text, for schemas inside columns and for tests. */
    public static Object parse(String text) {
        try (var parser = Json.FACTORY.createParser(text)) {
            var tree = new JsonTree();
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (tree.accept(token, parser)) {
                    return tree.take();
                }
            }
        } catch (IOException e) {
            throw new ProtocolError("not JSON: " + e.getMessage(), e);
        }
        throw new ProtocolError("empty JSON text");
    }
}
