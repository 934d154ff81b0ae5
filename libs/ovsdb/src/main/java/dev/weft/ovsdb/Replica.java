package dev.weft.ovsdb;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A copy of some tables, kept up to date by the server. While the connection is broken it keeps
 * what it had; after the reconnect it takes in what was missed.
 *
 * <p>When the future of {@link OvsdbClient#transact} completes, the replicas of the same client
 * contain that transaction's effect: the server flushes updates of monitors before it answers on
 * the same connection.
 */
public interface Replica {
    /**
     * Reads from one consistent state across all tables: each transaction is either seen whole or
     * not at all. Never blocks, may be called from any thread, and the view stays as it is for as
     * long as it is kept.
     */
    <R> R read(Function<? super View, ? extends R> reader);

    /** The state of this moment, to be kept for as long as one likes. */
    default View view() {
        return this.<View>read(view -> view);
    }

    /**
     * Tells of every change from now on: one call per transaction, in its order, on the event loop
     * (do not block there), after the change is visible to {@link #read}. Who listens first and
     * reads then misses nothing.
     */
    void listen(Consumer<? super ReplicaChange> listener);

    /** Stops the monitor; the replica keeps its last state. */
    void close();

    /** One state of the replica. Rows given out are immutable. */
    interface View {
        Optional<Row> row(String table, UUID uuid);

        /** All rows of a table, in no order. Does not copy. */
        Collection<Row> rows(String table);

        /**
         * The rows whose column has this value.
         *
         * @throws IllegalArgumentException when {@link MonitorSpec.Builder#index} was not asked for
         *     the column
         */
        <T> List<Row> find(Column<T> indexed, T value);

        /**
         * The rows whose map column has this value under this key.
         *
         * @throws IllegalArgumentException when {@link MonitorSpec.Builder#indexEntry} was not
         *     asked for column and key
         */
        <K, V> List<Row> findByMapEntry(Column<Map<K, V>> indexed, K key, V value);

        /**
         * The rows whose set has this member.
         *
         * @throws IllegalArgumentException when {@link MonitorSpec.Builder#indexMembers} was not
         *     asked for the column
         */
        <E> List<Row> findByMember(Column<Set<E>> indexed, E member);
    }
}
