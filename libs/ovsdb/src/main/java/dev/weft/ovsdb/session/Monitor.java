package dev.weft.ovsdb.session;

import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.notation.UpdateSink;
import dev.weft.ovsdb.replica.LiveReplica;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One monitor through all connections: keeps its replica up to date and remembers how far it is.
 * Event loop only.
 */
final class Monitor {
    /** Updates on their way into the replica, and the transaction that it stands at afterwards. */
    private record Incoming(Monitor monitor, UpdateSink batch, String transaction, boolean contents)
            implements UpdateSink {
        @Override
        public void row(String table, String uuid, Object update) {
            batch.row(table, uuid, update);
        }
    }

    private final String id;
    private final LiveReplica replica;
    private final Counters counters;
    private final Promise<Replica> loaded = Promise.promise();
    private String lastTransaction = MonitorMethod.NO_TRANSACTION;

    Monitor(String id, MonitorSpec spec, Counters counters, Runnable onClose) {
        this.id = id;
        this.replica = new LiveReplica(spec, onClose);
        this.counters = counters;
    }

    String id() {
        return id;
    }

    /** Completes when the first contents are in. */
    Future<Replica> loaded() {
        return loaded.future();
    }

    void fail(OvsdbException reason) {
        loaded.tryFail(reason);
    }

    /**
     * Asks for updates on a new connection, from where we are if the server still knows it.
     *
     * @throws OvsdbException.SchemaMismatch when the server lacks what the monitor needs
     */
    Future<Void> start(Session session) {
        if (!replica.fit(session.schema())) {
            lastTransaction = MonitorMethod.NO_TRANSACTION;
        }
        return start(session, MonitorMethod.MONITOR_COND_SINCE);
    }

    private Future<Void> start(Session session, MonitorMethod method) {
        byte[] params;
        try {
            params = method.params(session.database(), id, replica, lastTransaction);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(
                    new OvsdbException.RequestFailed(
                            "monitor", "not supported", String.valueOf(e.getMessage())));
        }
        return session.rpc()
                .requestUpdates(method.word(), params, this::contents)
                .map(this::take)
                .recover(
                        failure -> {
                            var next = method.fallback();
                            return next != null && isUnknownMethod(failure)
                                    ? start(session, next)
                                    : Future.failedFuture(failure);
                        });
    }

    private static boolean isUnknownMethod(Throwable failure) {
        return failure instanceof OvsdbException.RequestFailed failed
                && failed.error().equals("unknown method");
    }

    private @Nullable Void take(UpdateSink updates) {
        var incoming = (Incoming) updates;
        (incoming.contents ? counters.reloads : counters.resumes).incrementAndGet();
        commit(incoming);
        loaded.tryComplete(replica);
        return null;
    }

    /**
     * A reply begins: {@code [found, transaction]} of monitor_cond_since, or nothing of the older
     * ones.
     */
    private UpdateSink contents(List<Object> header) {
        var found = !header.isEmpty() && Boolean.TRUE.equals(header.getFirst());
        return new Incoming(this, replica.begin(!found), transaction(header), !found);
    }

    /** A notification begins: {@code [id]}, with the transaction in update3. */
    UpdateSink changes(List<Object> header) {
        return new Incoming(this, replica.begin(false), transaction(header), false);
    }

    private static String transaction(List<Object> header) {
        if (header.size() < 2) {
            return MonitorMethod.NO_TRANSACTION;
        }
        if (header.get(1) instanceof String text) {
            return text;
        }
        throw new ProtocolError("a transaction id that is no string");
    }

    /** Makes updates that {@link #changes} began visible. */
    static void commit(UpdateSink updates) {
        var incoming = (Incoming) updates;
        var monitor = incoming.monitor;
        monitor.counters.rows.addAndGet(monitor.replica.commit(incoming.batch));
        monitor.lastTransaction = incoming.transaction;
    }
}
