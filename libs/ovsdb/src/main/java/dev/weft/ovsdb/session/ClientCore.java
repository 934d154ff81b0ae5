package dev.weft.ovsdb.session;

import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.Operation;
import dev.weft.ovsdb.OvsdbException.Disconnected;
import dev.weft.ovsdb.OvsdbLock;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Statistics;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.TransactionResult;
import dev.weft.ovsdb.notation.Json;
import dev.weft.ovsdb.wire.Traffic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts the parts of a client together and brings callers of any thread onto its event loop. */
public final class ClientCore {
    private final ContextInternal context;
    private final OvsdbOptions options;
    private final Traffic traffic = new Traffic();
    private final Counters counters = new Counters();
    private final Monitors monitors = new Monitors(counters);
    private final Locks locks = new Locks(this::run);
    private final Connector connector;

    public ClientCore(Vertx vertx, OvsdbOptions options) {
        this.options = options;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.connector = new Connector(context, options, traffic, counters, monitors, locks);
        context.runOnContext(_ -> connector.attempt());
    }

    private void run(Runnable action) {
        if (context.inThread()) {
            action.run();
        } else {
            context.runOnContext(_ -> action.run());
        }
    }

    private <T> Future<T> call(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        run(() -> action.get().onComplete(promise));
        return promise.future();
    }

    public Future<DatabaseSchema> schema() {
        return call(connector::schema);
    }

    public Future<Replica> monitor(MonitorSpec spec) {
        return call(() -> monitors.add(spec, id -> run(() -> monitors.remove(id))));
    }

    /** Encodes on the caller's thread, sends on the event loop. */
    public Future<TransactionResult> transact(Transaction transaction) {
        var operations = List.copyOf(transaction.operations());
        var writes = transaction.writes();
        var params = Json.writeBytes(out -> transaction.writeParams(out, options.database()));
        return call(() -> send(operations, writes, params));
    }

    private Future<TransactionResult> send(
            List<Operation> operations, boolean writes, byte[] params) {
        var session = connector.session();
        if (session == null) {
            return Future.failedFuture(
                    new Disconnected("no connection to " + options.database(), false));
        }
        counters.transactions.incrementAndGet();
        if (writes) {
            counters.writes.incrementAndGet();
        }
        return session.rpc()
                .request("transact", params)
                .map(reply -> TransactionReply.read(operations, reply))
                .onFailure(_ -> counters.failures.incrementAndGet());
    }

    public OvsdbLock lock(String id) {
        return locks.get(id);
    }

    public ConnectionState state() {
        return connector.state();
    }

    public void listen(Consumer<? super ConnectionState> listener) {
        connector.listen(listener);
    }

    public Statistics statistics() {
        var session = connector.session();
        return new Statistics(
                counters.connects.get(),
                counters.transactions.get(),
                counters.writes.get(),
                counters.failures.get(),
                traffic.sent(),
                traffic.received(),
                counters.rows.get(),
                counters.resumes.get(),
                counters.reloads.get(),
                session == null ? 0 : session.rpc().pending());
    }

    public void close() {
        run(connector::close);
    }
}
