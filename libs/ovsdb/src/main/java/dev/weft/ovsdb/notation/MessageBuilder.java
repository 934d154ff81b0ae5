package dev.weft.ovsdb.notation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one message. The server sends id before result and method before params,
 * which lets us stream; a message in another order is read as a tree and replayed at its end.
 */
final class MessageBuilder {
    private final MessageHandler handler;
    private final JsonTree tree = new JsonTree();
    private @Nullable String member;
    private @Nullable UpdatesReader updates;
    private @Nullable Object id;
    private @Nullable String method;
    private @Nullable Object params;
    private @Nullable Object result;
    private @Nullable Object error;
    private @Nullable UpdateSink streamed;

    MessageBuilder(MessageHandler handler) {
        this.handler = handler;
    }

    /** Takes a token after the opening brace; true when it was the closing one. */
    boolean accept(JsonToken token, JsonParser parser) throws IOException {
        if (updates != null) {
            if (updates.accept(token, parser)) {
                streamed = updates.sink();
                updates = null;
                member = null;
            }
            return false;
        }
        if (member == null) {
            if (token == JsonToken.END_OBJECT) {
                return true;
            }
            begin(parser.currentName());
            return false;
        }
        if (tree.accept(token, parser)) {
            set(member, tree.take());
            member = null;
        }
        return false;
    }

    /** Whether no value is half read, or what is read is being streamed and between rows. */
    boolean valuesDone() {
        return updates == null ? member == null : updates.betweenRows();
    }

    private void begin(String name) {
        member = name;
        if (streamed != null && (name.equals("result") || name.equals("params"))) {
            throw new ProtocolError("a message with two bodies");
        }
        var known = id;
        if (name.equals("result") && method == null && known != null && handler.streams(known)
                || name.equals("params") && isUpdate()) {
            updates = new UpdatesReader(handler, method == null ? known : null, method);
        }
    }

    private boolean isUpdate() {
        return "update".equals(method) || "update2".equals(method) || "update3".equals(method);
    }

    private void set(String name, Object value) {
        switch (name) {
            case "id" -> id = value;
            case "error" -> error = value;
            case "result" -> result = value;
            case "params" -> params = value;
            case "method" -> {
                if (!(value instanceof String word)) {
                    throw new ProtocolError("a method that is not a string");
                }
                method = word;
            }
            default -> {} // RFC 7047 has no other members; others may come one day
        }
    }

    Message build() {
        if (method == null && id == null) {
            throw new ProtocolError("a message without id and method");
        }
        var body = method == null ? result : params;
        var known = id;
        var late =
                streamed == null
                        && body != null
                        && body != JsonTree.Null.NULL
                        && (method == null ? known != null && handler.streams(known) : isUpdate());
        if (late) {
            var replay = new UpdatesReader(handler, method == null ? known : null, method);
            replay.replay(body);
            return new Message(id, method, null, error, replay.sink());
        }
        return new Message(id, method, streamed == null ? body : null, error, streamed);
    }
}
