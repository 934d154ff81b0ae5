package dev.weft.ovsdb.session;

import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.wire.RpcConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All locks of a client. */
final class Locks {
    private final Executor loop;
    private final Map<String, ServerLock> locks = new ConcurrentHashMap<>();
    private @Nullable RpcConnection rpc;
    private @Nullable OvsdbException closed;

    Locks(Executor loop) {
        this.loop = loop;
    }

    ServerLock get(String id) {
        return locks.computeIfAbsent(
                id,
                name -> {
                    var lock = new ServerLock(this, name);
                    loop.execute(
                            () -> {
                                if (closed != null) {
                                    lock.close(closed);
                                } else if (rpc != null) {
                                    lock.start(rpc);
                                }
                            });
                    return lock;
                });
    }

    Future<Void> onLoop(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        loop.execute(() -> action.get().onComplete(done));
        return done.future();
    }

    void forget(ServerLock lock) {
        locks.remove(lock.id(), lock);
    }

    void start(RpcConnection on) {
        rpc = on;
        locks.values().forEach(lock -> lock.start(on));
    }

    void stop() {
        rpc = null;
        locks.values().forEach(ServerLock::stop);
    }

    void close(OvsdbException reason) {
        rpc = null;
        closed = reason;
        locks.values().forEach(lock -> lock.close(reason));
    }

    /** A {@code locked} or {@code stolen} notification (RFC 7047 sections 4.1.9 and 4.1.10). */
    void notified(boolean held, Object params) {
        if (params instanceof List<?> list
                && !list.isEmpty()
                && list.getFirst() instanceof String id) {
            var lock = locks.get(id);
            if (lock != null) {
                lock.set(held);
            }
        }
    }
}
