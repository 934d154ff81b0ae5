package dev.weft.ovsdb;

import dev.weft.ovsdb.session.ClientCore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * A client of one database. It connects, and connects again with back-off whenever the connection
 * breaks, until closed. Thread-safe; futures complete and listeners are called on one event loop,
 * which they must not block.
 */
public final class OvsdbClient implements AutoCloseable {
    private final ClientCore core;

    private OvsdbClient(Vertx vertx, OvsdbOptions options) {
        core = new ClientCore(vertx, options);
    }

    /** Opens a client; returns at once. */
    public static OvsdbClient open(Vertx vertx, OvsdbOptions options) {
        return new OvsdbClient(vertx, options);
    }

    /**
     * The database's schema, once known. Fails with {@link OvsdbException.SchemaMismatch} when it
     * does not fit.
     */
    public Future<DatabaseSchema> schema() {
        return core.schema();
    }

    /**
     * Starts a replica; completes when its first contents are in. Fails with {@link
     * OvsdbException.SchemaMismatch} when a column is missing or has another type. Survives
     * reconnects.
     */
    public Future<Replica> monitor(MonitorSpec spec) {
        return core.monitor(spec);
    }

    /**
     * Sends a transaction once. Fails with a subclass of {@link OvsdbException}; never sends it
     * again by itself.
     *
     * @throws IllegalArgumentException when a value does not fit its column
     */
    public Future<TransactionResult> transact(Transaction transaction) {
        return core.transact(transaction);
    }

    /**
     * Asks for a lock, now and after every reconnect. The same id gives the same lock.
     *
     * @param id an {@code <id>}: letters, digits, underscores
     */
    public OvsdbLock lock(String id) {
        return core.lock(NamedUuid.requireId("lock", id));
    }

    public ConnectionState state() {
        return core.state();
    }

    /** Tells of every change of {@link #state}, on the event loop. */
    public void listen(Consumer<? super ConnectionState> listener) {
        core.listen(listener);
    }

    public Statistics statistics() {
        return core.statistics();
    }

    /**
     * Closes the connection for good; what is pending fails with {@link
     * OvsdbException.Disconnected}.
     */
    @Override
    public void close() {
        core.close();
    }
}
