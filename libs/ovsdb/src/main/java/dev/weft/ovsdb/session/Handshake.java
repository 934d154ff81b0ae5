package dev.weft.ovsdb.session;

import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.Endpoint;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.Disconnected;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.notation.Json;
import dev.weft.ovsdb.notation.SchemaReader;
import dev.weft.ovsdb.notation.UpdateSink;
import dev.weft.ovsdb.wire.RpcConnection;
import dev.weft.ovsdb.wire.RpcListener;
import dev.weft.ovsdb.wire.Traffic;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From an endpoint to a usable {@link Session}: connects, learns from {@code _Server} whether this
 * is the server to talk to (and goes on watching that), and checks the schema. Notifications that
 * are not about {@code _Server} go to the client.
 */
final class Handshake implements RpcListener {
    private static final String STATUS_MONITOR = "weft-server";

    private final ContextInternal context;
    private final Endpoint endpoint;
    private final OvsdbOptions options;
    private final Traffic traffic;
    private final RpcListener client;
    private @Nullable RpcConnection rpc;
    private @Nullable ServerStatus status;

    Handshake(
            ContextInternal context,
            Endpoint endpoint,
            OvsdbOptions options,
            Traffic traffic,
            RpcListener client) {
        this.context = context;
        this.endpoint = endpoint;
        this.options = options;
        this.traffic = traffic;
        this.client = client;
    }

    /** Fails with an {@link OvsdbException}; the connection is closed then. */
    Future<Session> open() {
        return RpcConnection.connect(context, endpoint, options, traffic, this)
                .compose(
                        connection -> {
                            rpc = connection;
                            var timer =
                                    context.owner()
                                            .setTimer(
                                                    options.connectTimeout().toMillis(),
                                                    _ ->
                                                            connection.close(
                                                                    new Disconnected(
                                                                            endpoint
                                                                                    + " did not answer in time",
                                                                            false)));
                            return negotiate(connection)
                                    .onComplete(_ -> context.owner().cancelTimer(timer))
                                    .onFailure(failure -> connection.close(asOvsdb(failure)));
                        });
    }

    static OvsdbException asOvsdb(Throwable failure) {
        return failure instanceof OvsdbException known
                ? known
                : new ProtocolError(failure.toString(), failure);
    }

    private Future<Session> negotiate(RpcConnection connection) {
        // without this the server closes the connection at every change in _Server (ovsdb-server(7)
        // 4.1.17)
        connection.request("set_db_change_aware", "[true]").otherwiseEmpty();
        return connection
                .request("get_schema", params(ServerStatus.DATABASE))
                .map(SchemaReader::read)
                .compose(
                        schema -> watch(connection, schema),
                        failure ->
                                failure instanceof Disconnected
                                        ? Future.failedFuture(failure)
                                        : Future.succeededFuture()) // an old server without _Server
                .compose(_ -> connection.request("get_schema", params(options.database())))
                .map(SchemaReader::read)
                .map(
                        schema -> {
                            schema.check(options.requirements());
                            return new Session(connection, options.database(), schema);
                        });
    }

    private static byte[] params(String database) {
        return Json.writeBytes(
                out -> {
                    out.writeStartArray();
                    out.writeString(database);
                    out.writeEndArray();
                });
    }

    private Future<Void> watch(RpcConnection connection, DatabaseSchema serverSchema) {
        var watched = new ServerStatus(serverSchema, options.database(), options.leaderOnly());
        status = watched;
        var method = MonitorMethod.MONITOR_COND;
        return connection
                .requestUpdates(
                        method.word(),
                        method.params(
                                ServerStatus.DATABASE,
                                STATUS_MONITOR,
                                watched.replica(),
                                MonitorMethod.NO_TRANSACTION),
                        _ -> watched.replica().begin(true))
                .compose(
                        updates -> {
                            watched.replica().commit(updates);
                            return watched.objection()
                                    .<Future<Void>>map(Future::failedFuture)
                                    .orElse(Future.succeededFuture());
                        });
    }

    @Override
    public UpdateSink updates(String method, List<Object> header) {
        if (status != null && !header.isEmpty() && STATUS_MONITOR.equals(header.getFirst())) {
            return new StatusUpdates(status.replica().begin(false));
        }
        return client.updates(method, header);
    }

    @Override
    public void updated(UpdateSink updates) {
        if (updates instanceof StatusUpdates(var batch) && status != null && rpc != null) {
            status.replica().commit(batch);
            status.objection().ifPresent(rpc::close);
        } else {
            client.updated(updates);
        }
    }

    private record StatusUpdates(UpdateSink batch) implements UpdateSink {
        @Override
        public void row(String table, String uuid, Object update) {
            batch.row(table, uuid, update);
        }
    }

    @Override
    public void notified(String method, Object params) {
        client.notified(method, params);
    }

    @Override
    public void closed(OvsdbException reason) {
        client.closed(reason);
    }
}
