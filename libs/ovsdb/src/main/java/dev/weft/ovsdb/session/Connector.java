package dev.weft.ovsdb.session;

import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.Disconnected;
import dev.weft.ovsdb.OvsdbException.NotLeader;
import dev.weft.ovsdb.OvsdbException.SchemaMismatch;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.notation.UpdateSink;
import dev.weft.ovsdb.wire.RpcListener;
import dev.weft.ovsdb.wire.Traffic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one usable connection for as long as the client lives: tries the endpoints in turn, waits
 * with back-off after a round without success, and starts monitors and locks again on the new
 * connection. Event loop only, but for reading state.
 */
final class Connector implements RpcListener {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    /**
     * A connection that held so long was a good one: after it the first attempt is made at once.
     */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ContextInternal context;
    private final OvsdbOptions options;
    private final Traffic traffic;
    private final Counters counters;
    private final Monitors monitors;
    private final Locks locks;
    private final List<Consumer<? super ConnectionState>> listeners = new CopyOnWriteArrayList<>();
    private Promise<DatabaseSchema> schema = Promise.promise();
    private volatile ConnectionState state;
    private volatile @Nullable Session session;
    private int endpoint;
    private int triesInRound;
    private int failedRounds;
    private long connectedAt;
    private boolean closed;
    private String lastLogged = "";

    Connector(
            ContextInternal context,
            OvsdbOptions options,
            Traffic traffic,
            Counters counters,
            Monitors monitors,
            Locks locks) {
        this.context = context;
        this.options = options;
        this.traffic = traffic;
        this.counters = counters;
        this.monitors = monitors;
        this.locks = locks;
        this.state = new ConnectionState.Connecting(options.endpoints().getFirst());
    }

    /** The usable connection; null while there is none. */
    @Nullable Session session() {
        return session;
    }

    ConnectionState state() {
        return state;
    }

    void listen(Consumer<? super ConnectionState> listener) {
        listeners.add(listener);
    }

    Future<DatabaseSchema> schema() {
        if (closed) {
            return Future.failedFuture(new Disconnected("the client is closed", false));
        }
        var current = session;
        return current == null ? schema.future() : Future.succeededFuture(current.schema());
    }

    void attempt() {
        if (closed) {
            return;
        }
        var target = options.endpoints().get(endpoint);
        set(new ConnectionState.Connecting(target));
        new Handshake(context, target, options, traffic, this)
                .open()
                .onSuccess(this::connected)
                .onFailure(failure -> lost(Handshake.asOvsdb(failure)));
    }

    private void connected(Session usable) {
        if (closed) {
            usable.rpc().close(new Disconnected("the client is closed", false));
            return;
        }
        session = usable;
        connectedAt = System.nanoTime();
        lastLogged = "";
        counters.connects.incrementAndGet();
        LOG.info("connected to {} at {}", options.database(), usable.rpc().endpoint());
        locks.start(usable.rpc());
        monitors.start(usable);
        set(new ConnectionState.Connected(usable.rpc().endpoint()));
        schema.tryComplete(usable.schema());
    }

    /** An attempt failed, or the connection broke. */
    private void lost(OvsdbException reason) {
        if (closed) {
            return;
        }
        triesInRound++;
        if (state instanceof ConnectionState.Connected
                && System.nanoTime() - connectedAt > STEADY_NANOS) {
            triesInRound = 0;
            failedRounds = 0;
        }
        endpoint = (endpoint + 1) % options.endpoints().size();
        if (reason instanceof SchemaMismatch) {
            schema.tryFail(reason);
            schema = Promise.promise();
            monitors.failUnloaded(reason);
        }
        log(String.valueOf(reason.getMessage()), reason instanceof NotLeader);
        set(new ConnectionState.Waiting(reason));
        var delay = 1L;
        if (triesInRound >= options.endpoints().size()) {
            triesInRound = 0;
            delay =
                    options.backoff()
                            .delay(++failedRounds, RandomGenerator.getDefault())
                            .toMillis();
        }
        context.owner().setTimer(delay, _ -> context.runOnContext(_ -> attempt()));
    }

    /** Once for each reason in a row: an outage of an hour is no reason for a thousand lines. */
    private void log(String reason, boolean usual) {
        if (usual) {
            LOG.debug("looking for another server of {}: {}", options.database(), reason);
        } else if (!reason.equals(lastLogged)) {
            LOG.warn("no connection to {}: {}", options.database(), reason);
            lastLogged = reason;
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        var reason = new Disconnected("the client is closed", false);
        var current = session;
        if (current != null) {
            current.rpc().close(reason);
        }
        schema.tryFail(reason);
        monitors.close(reason);
        locks.close(reason);
        set(new ConnectionState.Closed());
    }

    private void set(ConnectionState now) {
        state = now;
        for (var listener : listeners) {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                LOG.error("a listener of the connection failed", e);
            }
        }
    }

    @Override
    public UpdateSink updates(String method, List<Object> header) {
        return monitors.updates(header);
    }

    @Override
    public void updated(UpdateSink updates) {
        monitors.updated(updates);
    }

    @Override
    public void notified(String method, Object params) {
        switch (method) {
            case "locked" -> locks.notified(true, params);
            case "stolen" -> locks.notified(false, params);
            case "monitor_canceled" -> {
                // the database was converted to another schema or removed (ovsdb-server(7) 4.1.16):
                // begin anew
                var current = session;
                if (current != null) {
                    current.rpc().close(new Disconnected("the server cancelled a monitor", true));
                }
            }
            default -> LOG.debug("unknown notification {}", method);
        }
    }

    @Override
    public void closed(OvsdbException reason) {
        if (session == null) {
            return; // the attempt's own future tells
        }
        session = null;
        monitors.stop();
        locks.stop();
        lost(reason);
    }
}
