package dev.weft.ovn;

import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbLock;
import dev.weft.ovsdb.Replica;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A database (northbound, southbound, or a node's Open_vSwitch) that services bring to what their
 * owners desire. Rows that do not carry a stamp of this service are never touched. Thread-safe.
 */
public final class OvnDatabase implements AutoCloseable {
    private OvnDatabase() {}

    /** Connects; completes when the replica has its first contents. Does not wait for the lock. */
    public static Future<OvnDatabase> open(Vertx vertx, OvnOptions options) {
        throw new UnsupportedOperationException();
    }

    /**
     * Brings the owner's rows to what is desired. While a transaction is under way, further calls
     * gather for the next one; of several for one owner the last counts, and all of them get its
     * outcome.
     *
     * @return fails with an {@link dev.weft.ovsdb.OvsdbException} when the database refused this
     *     owner's changes or could not be reached; nothing is sent again by itself
     * @throws IllegalArgumentException when the owner is of another service
     */
    public Future<Applied> apply(Desired desired) {
        throw new UnsupportedOperationException();
    }

    /** What {@link #apply} would do now. Never sends anything. */
    public ChangeSet plan(Desired desired) {
        throw new UnsupportedOperationException();
    }

    /**
     * The owners of this service that have rows, found by looking at every row: for garbage
     * collection, not for each event.
     */
    public Set<Owner> owners() {
        throw new UnsupportedOperationException();
    }

    /** Hears of rows that somebody else changed, from now on. */
    public void listen(OwnerListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Reads one consistent state of the replica; see {@link Replica#read}. */
    public <R> R read(Function<? super Replica.View, ? extends R> reader) {
        throw new UnsupportedOperationException();
    }

    /** The lock that every transaction asserts; empty when the options name none. */
    public Optional<OvsdbLock> lock() {
        throw new UnsupportedOperationException();
    }

    /** The client underneath, for its connection state and counters. */
    public OvsdbClient client() {
        throw new UnsupportedOperationException();
    }

    public OvnStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    /**
     * Closes the connection; what waits to be applied fails with {@link
     * dev.weft.ovsdb.OvsdbException.Disconnected}.
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
