package dev.weft.ovsdb.session;

import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbException.ProtocolError;
import dev.weft.ovsdb.OvsdbException.SchemaMismatch;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.notation.UpdateSink;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All monitors of a client. Event loop only. */
final class Monitors {
    private final Counters counters;
    private final Map<String, Monitor> monitors = new LinkedHashMap<>();
    private @Nullable Session session;
    private @Nullable OvsdbException closed;
    private int next = 1;

    Monitors(Counters counters) {
        this.counters = counters;
    }

    Future<Replica> add(MonitorSpec spec, Consumer<String> onClose) {
        if (closed != null) {
            return Future.failedFuture(closed);
        }
        var id = "weft-" + next++;
        var monitor = new Monitor(id, spec, counters, () -> onClose.accept(id));
        monitors.put(id, monitor);
        var current = session;
        if (current != null) {
            start(monitor, current);
        }
        return monitor.loaded();
    }

    /** A connection is usable: all monitors go on there. */
    void start(Session on) {
        session = on;
        List.copyOf(monitors.values()).forEach(monitor -> start(monitor, on));
    }

    private void start(Monitor monitor, Session on) {
        Future<Void> started;
        try {
            started = monitor.start(on);
        } catch (SchemaMismatch e) {
            started = Future.failedFuture(e);
        }
        started.onFailure(
                failure -> {
                    if (on.rpc().isClosed() || !monitors.containsKey(monitor.id())) {
                        return; // it goes on with the next connection
                    }
                    var reason =
                            failure instanceof OvsdbException known
                                    ? known
                                    : new ProtocolError(failure.toString(), failure);
                    if (monitor.loaded().isComplete()) {
                        on.rpc().close(reason); // it worked before: try another server
                    } else {
                        monitors.remove(monitor.id());
                        monitor.fail(reason);
                    }
                });
    }

    void stop() {
        session = null;
    }

    /** The database does not fit: nobody should wait for contents that cannot come. */
    void failUnloaded(OvsdbException reason) {
        for (var monitor : List.copyOf(monitors.values())) {
            if (!monitor.loaded().isComplete()) {
                monitors.remove(monitor.id());
                monitor.fail(reason);
            }
        }
    }

    void close(OvsdbException reason) {
        closed = reason;
        failUnloaded(reason);
    }

    void remove(String id) {
        if (monitors.remove(id) != null && session != null) {
            session.rpc().request("monitor_cancel", "[\"" + id + "\"]");
        }
    }

    UpdateSink updates(List<Object> header) {
        var monitor = header.isEmpty() ? null : monitors.get(String.valueOf(header.getFirst()));
        if (monitor == null) {
            return new Ignored(); // cancelled by us a moment ago
        }
        return monitor.changes(header);
    }

    void updated(UpdateSink updates) {
        if (!(updates instanceof Ignored)) {
            Monitor.commit(updates);
        }
    }

    private record Ignored() implements UpdateSink {
        @Override
        public void row(String table, String uuid, Object update) {}
    }
}
