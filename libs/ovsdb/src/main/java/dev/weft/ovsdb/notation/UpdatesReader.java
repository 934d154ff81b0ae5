package dev.weft.ovsdb.notation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code <table-updates>}, alone (replies of {@code monitor}, {@code monitor_cond}) or as the
 * last element of an array (reply of {@code monitor_cond_since}, params of {@code update}, {@code
 * update2}, {@code update3}), row by row.
 */
final class UpdatesReader {
    private enum At {
        START,
        HEADER,
        TABLE,
        TABLE_BEGIN,
        ROW,
        ROW_VALUE,
        ARRAY_END
    }

    private final MessageHandler handler;
    private final @Nullable Object requestId;
    private final @Nullable String method;
    private final List<Object> header = new ArrayList<>();
    private final JsonTree tree = new JsonTree();
    private At at = At.START;
    private boolean inArray;
    private boolean inHeaderElement;
    private boolean rowBegun;
    private String table = "";
    private String uuid = "";
    private @Nullable UpdateSink sink;

    UpdatesReader(MessageHandler handler, @Nullable Object requestId, @Nullable String method) {
        this.handler = handler;
        this.requestId = requestId;
        this.method = method;
    }

    /**
     * Where the rows went; null when there were no updates at all, as in the reply of a refused
     * monitor.
     */
    @Nullable UpdateSink sink() {
        return sink;
    }

    boolean betweenRows() {
        return !inHeaderElement && !rowBegun;
    }

    /** Takes a token; true when the updates are complete. */
    boolean accept(JsonToken token, JsonParser parser) throws IOException {
        switch (at) {
            case START -> {
                return start(token);
            }
            case HEADER -> header(token, parser);
            case TABLE -> {
                if (token == JsonToken.END_OBJECT) {
                    at = At.ARRAY_END;
                    return !inArray;
                }
                table = parser.currentName();
                at = At.TABLE_BEGIN;
            }
            case TABLE_BEGIN -> {
                expect(token, JsonToken.START_OBJECT);
                at = At.ROW;
            }
            case ROW -> {
                if (token == JsonToken.END_OBJECT) {
                    at = At.TABLE;
                } else {
                    uuid = parser.currentName();
                    at = At.ROW_VALUE;
                }
            }
            case ROW_VALUE -> {
                rowBegun = true;
                if (tree.accept(token, parser)) {
                    rowBegun = false;
                    begun().row(table, uuid, tree.take());
                    at = At.ROW;
                }
            }
            case ARRAY_END -> {
                expect(token, JsonToken.END_ARRAY);
                return true;
            }
        }
        return false;
    }

    private boolean start(JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return true;
        }
        if (token == JsonToken.START_OBJECT) {
            begin();
        } else {
            expect(token, JsonToken.START_ARRAY);
            inArray = true;
            at = At.HEADER;
        }
        return false;
    }

    private void header(JsonToken token, JsonParser parser) throws IOException {
        if (!inHeaderElement && token == JsonToken.START_OBJECT) {
            begin();
        } else if (!inHeaderElement && token == JsonToken.END_ARRAY) {
            throw new ProtocolError("table updates are missing");
        } else {
            inHeaderElement = true;
            if (tree.accept(token, parser)) {
                header.add(tree.take());
                inHeaderElement = false;
            }
        }
    }

    private void begin() {
        sink = handler.updates(requestId, method, List.copyOf(header));
        at = At.TABLE;
    }

    private UpdateSink begun() {
        if (sink == null) {
            throw new IllegalStateException();
        }
        return sink;
    }

    private static void expect(JsonToken got, JsonToken wanted) {
        if (got != wanted) {
            throw new ProtocolError("expected " + wanted + " in table updates, got " + got);
        }
    }

    /** Does the same from a tree. */
    void replay(Object body) {
        var updates = body;
        if (body instanceof List<?> list && !list.isEmpty()) {
            header.addAll(list.subList(0, list.size() - 1));
            updates = list.getLast();
        }
        begin();
        for (var entry : object(updates).entrySet()) {
            for (var row : object(entry.getValue()).entrySet()) {
                begun().row((String) entry.getKey(), (String) row.getKey(), row.getValue());
            }
        }
    }

    private static Map<?, ?> object(Object json) {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw new ProtocolError(
                "expected an object in table updates, got " + json.getClass().getSimpleName());
    }
}
