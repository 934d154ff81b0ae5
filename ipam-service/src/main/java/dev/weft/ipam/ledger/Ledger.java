package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.pool.Released;
import dev.weft.net.IpAddress;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The writer's side of the tables. Blocking: for virtual threads. Each call is one attempt; who can
 * wait tries again.
 *
 * @see LedgerReader for questions about leases and history
 */
@ApplicationScoped
public class Ledger implements Outbox {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAGE = 2_000;
    private static final List<String> REFUSED = List.of("22", "23", "42", "P0");

    private final Mutiny.SessionFactory sessions;

    Ledger(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Begins the next term: from now on only its holder can commit. */
    public Term beginTerm() {
        return inTransaction(
                session ->
                        session.createNativeQuery(
                                        "update fence set term = term + 1, batch = 0 returning"
                                                + " term, position",
                                        Object[].class)
                                .getSingleResult()
                                .flatMap(
                                        fence ->
                                                session.createNativeQuery(
                                                                "select epoch from meta",
                                                                UUID.class)
                                                        .getSingleResult()
                                                        .map(
                                                                epoch ->
                                                                        new Term(
                                                                                (Long) fence[0],
                                                                                epoch,
                                                                                (Long) fence[1]))));
    }

    /**
     * Writes leases, history and messages in one commit.
     *
     * @throws LedgerException.Fenced when another term has begun
     * @throws LedgerException.Rejected when the database's rules do not allow one of the changes;
     *     nothing is written
     */
    public void commit(Batch batch) {
        try {
            inTransaction(session -> write(session, batch));
        } catch (LedgerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw isRefusal(e)
                    ? new LedgerException.Rejected(String.valueOf(e.getMessage()), e)
                    : e;
        }
    }

    private Uni<Void> write(Mutiny.StatelessSession session, Batch batch) {
        return pass(session, batch)
                .flatMap(
                        mine ->
                                mine
                                        ? BatchRows.write(session, batch)
                                        // an earlier attempt went through and its answer was lost
                                        : Uni.createFrom().voidItem());
    }

    /** Passes the fence; false when this batch has been written already. */
    private Uni<Boolean> pass(Mutiny.StatelessSession session, Batch batch) {
        return session.createNativeQuery(
                        "update fence set batch = :batch, position = :position where term = :term"
                                + " and batch = :batch - 1")
                .setParameter("batch", batch.number())
                .setParameter("position", batch.position())
                .setParameter("term", batch.term())
                .executeUpdate()
                .flatMap(
                        rows ->
                                rows == 1
                                        ? Uni.createFrom().item(true)
                                        : session.createNativeQuery(
                                                        "select term, batch from fence",
                                                        Object[].class)
                                                .getSingleResult()
                                                .map(fence -> wasWritten(batch, fence)));
    }

    private static boolean wasWritten(Batch batch, Object[] fence) {
        if (fence[0].equals(batch.term()) && fence[1].equals(batch.number())) {
            return false;
        }
        throw new LedgerException.Fenced(
                "the ledger is at batch %s of term %s, this instance at batch %d of term %d: another one writes"
                        .formatted(fence[1], fence[0], batch.number(), batch.term()));
    }

    /** All leases, a page at a time, in the order of their ports. */
    public void leases(Consumer<Lease> each) {
        var after = "";
        List<LeaseRow> page;
        do {
            var from = after;
            page =
                    inTransaction(
                            session ->
                                    session.createSelectionQuery(
                                                    "from LeaseRow where port > :after order by"
                                                            + " port",
                                                    LeaseRow.class)
                                            .setParameter("after", from)
                                            .setMaxResults(PAGE)
                                            .getResultList());
            page.forEach(row -> each.accept(row.toLease()));
            after = page.isEmpty() ? after : page.getLast().port;
        } while (page.size() == PAGE);
    }

    /**
     * All addresses that were released once, by VPC, the longest free first; some may be held again
     * by now.
     */
    public Map<String, List<Released>> released() {
        Map<String, List<Released>> released = new HashMap<>();
        long after = 0;
        List<Object[]> page;
        do {
            var from = after;
            page =
                    inTransaction(
                            session ->
                                    session.createNativeQuery(
                                                    "select r.vpc, r.address, r.position,"
                                                            + " cast(extract(epoch from r.at) * 1000000"
                                                            + " as bigint) from released r where"
                                                            + " r.position > :after order by r.position"
                                                            + " fetch first "
                                                            + PAGE
                                                            + " rows with ties",
                                                    Object[].class)
                                            .setParameter("after", from)
                                            .getResultList());
            for (var row : page) {
                released.computeIfAbsent((String) row[0], _ -> new ArrayList<>())
                        .add(
                                new Released(
                                        IpAddress.parse((String) row[1]),
                                        Micros.instant((Long) row[3])));
                after = (Long) row[2];
            }
        } while (page.size() >= PAGE);
        return released;
    }

    /**
     * The messages after a position that the broker has not taken yet, at most so many, in order.
     */
    public List<OutboxMessage> outbox(long after, int most) {
        return inTransaction(
                        session ->
                                session.createSelectionQuery(
                                                "from OutboxRow where position > :after order by"
                                                        + " position",
                                                OutboxRow.class)
                                        .setParameter("after", after)
                                        .setMaxResults(most)
                                        .getResultList())
                .stream()
                .map(OutboxRow::toMessage)
                .toList();
    }

    @Override
    public void trimOutbox(long upTo) {
        inTransaction(
                session ->
                        session.createNativeQuery("delete from outbox where position <= :upTo")
                                .setParameter("upTo", upTo)
                                .executeUpdate());
    }

    private <T> T inTransaction(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return await(() -> sessions.withStatelessTransaction(work));
    }

    static <T> T await(java.util.function.Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(
                    () -> work.get().ifNoItem().after(PATIENCE).fail());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether it is the database's own refusal (SQLSTATE classes 22, 23, 42, P0), not a broken
     * connection.
     */
    private static boolean isRefusal(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            var state =
                    switch (cause) {
                        case PgException pg -> pg.getSqlState();
                        case SQLException sql -> sql.getSQLState();
                        case JDBCException jdbc -> jdbc.getSQLState();
                        default -> null;
                    };
            if (state != null) {
                return REFUSED.stream().anyMatch(state::startsWith);
            }
        }
        return false;
    }
}
