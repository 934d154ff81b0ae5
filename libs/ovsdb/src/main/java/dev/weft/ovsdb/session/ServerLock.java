package dev.weft.ovsdb.session;

import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.Disconnected;
import dev.weft.ovsdb.OvsdbLock;
import dev.weft.ovsdb.wire.RpcConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One lock through all connections. State changes on the event loop only. */
final class ServerLock implements OvsdbLock {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLock.class);

    private final Locks locks;
    private final String id;
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean held;
    private volatile Promise<Void> whenHeld = Promise.promise();
    private @Nullable RpcConnection rpc;

    ServerLock(Locks locks, String id) {
        this.locks = locks;
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean held() {
        return held;
    }

    @Override
    public Future<Void> whenHeld() {
        return whenHeld.future();
    }

    @Override
    public void listen(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    @Override
    public Future<Void> steal() {
        return locks.onLoop(this::stealNow);
    }

    @Override
    public Future<Void> release() {
        return locks.onLoop(
                () -> {
                    locks.forget(this);
                    var connection = rpc;
                    rpc = null;
                    set(false);
                    whenHeld.tryFail(new Disconnected("lock " + id + " was released", false));
                    return connection == null || connection.isClosed()
                            ? Future.succeededFuture()
                            : connection.request("unlock", params()).mapEmpty();
                });
    }

    /** A connection is usable: asks for the lock there. */
    void start(RpcConnection on) {
        if (rpc != on) {
            rpc = on;
            ask("lock", on);
        }
    }

    /** The connection is gone, and the lock with it. */
    void stop() {
        rpc = null;
        set(false);
    }

    void close(OvsdbException reason) {
        stop();
        whenHeld.tryFail(reason);
    }

    /** The server says that it became ours, or that somebody took it. */
    void set(boolean now) {
        if (held == now) {
            return;
        }
        held = now;
        if (now) {
            whenHeld.tryComplete();
        } else {
            whenHeld = Promise.promise();
        }
        for (var listener : listeners) {
            try {
                listener.accept(now);
            } catch (RuntimeException e) {
                LOG.error("a listener of lock {} failed", id, e);
            }
        }
    }

    private Future<Void> stealNow() {
        var connection = rpc;
        if (connection == null || connection.isClosed()) {
            return Future.failedFuture(
                    new Disconnected("no connection to steal lock " + id + " on", false));
        }
        if (held) {
            return Future.succeededFuture();
        }
        // a session that waits for a lock must give that up before it may steal (ovsdb-server's
        // rule)
        connection.request("unlock", params());
        return ask("steal", connection);
    }

    private Future<Void> ask(String method, RpcConnection on) {
        return on.request(method, params())
                .map(
                        reply -> {
                            if (rpc == on
                                    && reply instanceof Map<?, ?> map
                                    && Boolean.TRUE.equals(map.get("locked"))) {
                                set(true);
                            }
                            return (@Nullable Void) null;
                        });
    }

    private String params() {
        return "[\"" + id + "\"]";
    }
}
