package dev.weft.ovsdb.wire;

import dev.weft.ovsdb.Endpoint;
import dev.weft.ovsdb.Limits;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.Disconnected;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.notation.Json;
import dev.weft.ovsdb.notation.JsonTree;
import dev.weft.ovsdb.notation.Message;
import dev.weft.ovsdb.notation.MessageHandler;
import dev.weft.ovsdb.notation.MessageReader;
import dev.weft.ovsdb.notation.UpdateSink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC 1.0 connection to an OVSDB server (RFC 7047 section 4): requests and their replies,
 * notifications, echo both ways, and the inactivity probe. Used on its event loop only. It ends at
 * the first fault of the peer.
 */
public final class RpcConnection implements MessageHandler, Wire.Listener {
    /** A reply: the result, or the place where its table updates went. */
    private record Pending(
            String method,
            Promise<Message> reply,
            @Nullable Function<List<Object>, UpdateSink> updates) {}

    private final Endpoint endpoint;
    private final Wire wire;
    private final Outbox outbox;
    private final RpcListener listener;
    private final Limits limits;
    private final Traffic traffic;
    private final MessageReader reader;
    private final InactivityProbe probe;
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private long nextId = 1;
    private @Nullable OvsdbException closed;

    private RpcConnection(
            ContextInternal context,
            Endpoint endpoint,
            Wire wire,
            OvsdbOptions options,
            Traffic traffic,
            RpcListener listener) {
        this.endpoint = endpoint;
        this.wire = wire;
        this.outbox = new Outbox(context, wire);
        this.listener = listener;
        this.limits = options.limits();
        this.traffic = traffic;
        this.reader = new MessageReader(this, limits);
        this.probe =
                new InactivityProbe(
                        context.owner(),
                        options.inactivityProbe(),
                        () -> request("echo", "[]"),
                        () ->
                                close(
                                        new Disconnected(
                                                endpoint
                                                        + " is silent for twice "
                                                        + options.inactivityProbe(),
                                                true)));
    }

    /** Connects; fails with {@link Disconnected}. */
    public static Future<RpcConnection> connect(
            ContextInternal context,
            Endpoint endpoint,
            OvsdbOptions options,
            Traffic traffic,
            RpcListener listener) {
        Future<Wire> connecting;
        try {
            connecting = Wires.connect(context, endpoint, options);
        } catch (RuntimeException e) {
            connecting = Future.failedFuture(e);
        }
        return connecting
                .map(
                        wire -> {
                            var connection =
                                    new RpcConnection(
                                            context, endpoint, wire, options, traffic, listener);
                            wire.listen(connection);
                            return connection;
                        })
                .recover(
                        cause ->
                                Future.failedFuture(
                                        new Disconnected(
                                                "cannot connect to "
                                                        + endpoint
                                                        + ": "
                                                        + reasons(cause),
                                                false)));
    }

    /** The messages of a failure and its causes: TLS says what is wrong only in the innermost. */
    private static String reasons(Throwable failure) {
        var text = String.valueOf(failure.getMessage());
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text += ": " + cause.getMessage();
        }
        return text;
    }

    /** Sends a request; its params are JSON. Gives the result as a tree. */
    public Future<Object> request(String method, String params) {
        return request(method, params.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request; its params are JSON in UTF-8. Gives the result as a tree. */
    public Future<Object> request(String method, byte[] params) {
        return send(method, params, null)
                .map(message -> message.body() == null ? JsonTree.Null.NULL : message.body());
    }

    /**
     * Sends a request whose reply is table updates.
     *
     * @param updates is given the elements before the updates and says where the rows go
     * @return where they went; they are complete
     */
    public Future<UpdateSink> requestUpdates(
            String method, byte[] params, Function<List<Object>, UpdateSink> updates) {
        return send(method, params, updates)
                .map(
                        message -> {
                            if (message.streamed() == null) {
                                throw new ProtocolError(
                                        method + " was answered without table updates");
                            }
                            return message.streamed();
                        });
    }

    private Future<Message> send(
            String method, byte[] params, @Nullable Function<List<Object>, UpdateSink> updates) {
        if (closed != null) {
            return Future.failedFuture(
                    new Disconnected(String.valueOf(closed.getMessage()), false));
        }
        if (pending.size() >= limits.pending()) {
            return Future.failedFuture(
                    new OvsdbException.Overloaded(pending.size() + " requests wait for an answer"));
        }
        if (outbox.waitingBytes() + params.length > limits.pendingBytes()) {
            return Future.failedFuture(
                    new OvsdbException.Overloaded(
                            outbox.waitingBytes() + " bytes wait to be sent"));
        }
        var id = nextId++;
        Promise<Message> reply = Promise.promise();
        pending.put(id, new Pending(method, reply, updates));
        write("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":", params);
        return reply.future();
    }

    private void write(String start, byte[] middle) {
        var head = start.getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[head.length + middle.length + 1];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(middle, 0, bytes, head.length, middle.length);
        bytes[bytes.length - 1] = '}';
        traffic.sent(bytes.length);
        outbox.add(bytes);
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** How many requests wait for their reply. */
    public int pending() {
        return pending.size();
    }

    public boolean isClosed() {
        return closed != null;
    }

    /** Why it ended; null while it lives. */
    public @Nullable OvsdbException closeReason() {
        return closed;
    }

    /** Ends the connection; pending requests fail with {@link Disconnected}. */
    public void close(OvsdbException reason) {
        if (closed != null) {
            return;
        }
        closed = reason;
        probe.stop();
        wire.close();
        listener.closed(reason);
        var unanswered = List.copyOf(pending.values());
        pending.clear();
        var failure =
                new Disconnected(
                        "connection to " + endpoint + " lost: " + reason.getMessage(), true);
        unanswered.forEach(request -> request.reply.fail(failure));
    }

    @Override
    public void received(byte[] bytes, int from, int to) {
        if (closed != null) {
            return;
        }
        traffic.received(to - from);
        probe.heard();
        try {
            reader.read(bytes, from, to);
        } catch (OvsdbException e) {
            close(e);
        } catch (RuntimeException e) {
            close(new ProtocolError("cannot take what " + endpoint + " sent: " + e, e));
        }
    }

    @Override
    public void drained() {
        outbox.flush();
    }

    @Override
    public void closed(@Nullable Throwable cause) {
        close(
                new Disconnected(
                        endpoint
                                + " closed the connection"
                                + (cause == null ? "" : ": " + cause.getMessage()),
                        true));
    }

    @Override
    public boolean streams(Object requestId) {
        return requestId instanceof Long id
                && pending.get(id) instanceof Pending(_, _, var updates)
                && updates != null;
    }

    @Override
    public UpdateSink updates(
            @Nullable Object requestId, @Nullable String method, List<Object> header) {
        if (method != null) {
            return listener.updates(method, header);
        }
        var request = requestId instanceof Long id ? pending.get(id) : null;
        if (request == null || request.updates == null) {
            throw new ProtocolError("updates that nobody asked for");
        }
        return request.updates.apply(header);
    }

    @Override
    public void message(Message message) {
        if (closed != null) {
            return; // closed while the same bytes were being read
        }
        var method = message.method();
        if (method == null) {
            reply(message);
        } else if (message.streamed() != null) {
            listener.updated(message.streamed());
        } else if (message.isNotification()) {
            listener.notified(method, message.body() == null ? List.of() : message.body());
        } else if (method.equals("echo")) {
            answer(
                    message.id(),
                    "{\"error\":null,\"result\":",
                    message.body() == null ? List.of() : message.body());
        } else {
            answer(message.id(), "{\"result\":null,\"error\":", "unknown method");
        }
    }

    private void answer(@Nullable Object id, String start, Object body) {
        var known = id == null ? JsonTree.Null.NULL : id;
        write(
                start + Json.write(out -> Json.writeTree(out, body)) + ",\"id\":",
                Json.writeBytes(out -> Json.writeTree(out, known)));
    }

    private void reply(Message message) {
        var request = message.id() instanceof Long id ? pending.remove(id) : null;
        if (request == null) {
            throw new ProtocolError(
                    "a reply to a request that we did not make: id " + message.id());
        }
        if (message.hasError()) {
            request.reply.fail(RpcErrors.of(request.method, message.error()));
        } else {
            request.reply.complete(message);
        }
    }
}
