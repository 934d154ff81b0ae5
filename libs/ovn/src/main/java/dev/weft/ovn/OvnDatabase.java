package dev.weft.ovn;

import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbLock;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Row;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A database (northbound, southbound, or a node's Open_vSwitch) that services bring to what their
 * owners desire. Rows that do not carry a stamp of this service are never touched. Thread-safe.
 */
public final class OvnDatabase implements AutoCloseable {
    private final OvnOptions options;
    private final OvsdbClient client;
    private final Optional<OvsdbLock> lock;
    private final Replica replica;
    private final DriftWatch drift;
    private final ApplyLoop loop;

    private OvnDatabase(
            OvnOptions options, OvsdbClient client, Optional<OvsdbLock> lock, Replica replica) {
        this.options = options;
        this.client = client;
        this.lock = lock;
        this.replica = replica;
        drift =
                new DriftWatch(
                        options.model(),
                        options.service(),
                        (table, uuid) -> replica.read(view -> view.row(table, uuid)));
        loop = new ApplyLoop(options, replica, drift, client::transact);
        replica.listen(drift::accept);
    }

    /**
     * Connects and asks for the lock; completes when the replica has its first contents, lock or no
     * lock.
     */
    public static Future<OvnDatabase> open(Vertx vertx, OvnOptions options) {
        var client = OvsdbClient.open(vertx, options.ovsdb());
        Optional<OvsdbLock> lock = options.lock().map(client::lock);
        return client.monitor(OvnOptions.monitor(options.model()))
                .map(replica -> new OvnDatabase(options, client, lock, replica))
                .onFailure(_ -> client.close());
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
        if (!desired.owner().service().equals(options.service())) {
            throw new IllegalArgumentException(
                    "service %s cannot state rows of owner %s"
                            .formatted(options.service(), desired.owner()));
        }
        drift.learn(desired);
        return loop.submit(desired);
    }

    /** What {@link #apply} would do now. Never sends anything. */
    public ChangeSet plan(Desired desired) {
        return loop.plan(desired);
    }

    /**
     * The owners of this service that have rows, found by looking at every row: for garbage
     * collection, not for each event.
     */
    public Set<Owner> owners() {
        return replica.read(
                view -> {
                    var owners = new TreeSet<Owner>();
                    for (Table table : options.model().tables()) {
                        for (Row row : view.rows(table.name())) {
                            Stamp.owner(table, row)
                                    .filter(owner -> owner.service().equals(options.service()))
                                    .ifPresent(owners::add);
                        }
                    }
                    return owners;
                });
    }

    /** Hears of rows that somebody else changed, from now on. */
    public void listen(OwnerListener listener) {
        drift.listen(listener);
    }

    /** Reads one consistent state of the replica; see {@link Replica#read}. */
    public <R> R read(Function<? super Replica.View, ? extends R> reader) {
        return replica.read(reader);
    }

    /** The replica underneath, to listen to every change of it. */
    public Replica replica() {
        return replica;
    }

    /** The lock that every transaction asserts; empty when the options name none. */
    public Optional<OvsdbLock> lock() {
        return lock;
    }

    /** The client underneath, for its connection state and counters. */
    public OvsdbClient client() {
        return client;
    }

    public OvnStatistics statistics() {
        return loop.statistics();
    }

    /**
     * Closes the connection; what waits to be applied fails with {@link
     * dev.weft.ovsdb.OvsdbException.Disconnected}.
     */
    @Override
    public void close() {
        client.close();
    }
}
