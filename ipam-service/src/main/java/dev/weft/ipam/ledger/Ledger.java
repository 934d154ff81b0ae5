package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.ledger.LedgerChange.Amend;
import dev.weft.ipam.ledger.LedgerChange.Begin;
import dev.weft.ipam.ledger.LedgerChange.Ending;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                                        "update fence set term = term + 1, batch = 0 returning term, position",
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
                                        ? rows(session, batch)
                                        // an earlier attempt went through and its answer was lost
                                        : Uni.createFrom().voidItem());
    }

    /** Passes the fence; false when this batch has been written already. */
    private Uni<Boolean> pass(Mutiny.StatelessSession session, Batch batch) {
        return session.createNativeQuery(
                        "update fence set batch = :batch, position = :position where term = :term and batch = :batch - 1")
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

    private static Uni<Void> rows(Mutiny.StatelessSession session, Batch batch) {
        var changes = batch.changes().stream().map(Batch.Entry::change).toList();
        var begun = only(changes, Begin.class).map(Begin::lease).toList();
        var amended = only(changes, Amend.class).map(Amend::lease).toList();
        return end(session, batch)
                .chain(() -> amend(session, amended))
                .chain(() -> insert(session, begun.stream().map(LeaseRow::new).toArray()))
                .chain(() -> insert(session, begun.stream().map(HistoryRow::new).toArray()))
                .chain(
                        () ->
                                insert(
                                        session,
                                        batch.changes().stream()
                                                .map(entry -> new OutboxRow(entry.message()))
                                                .toArray()));
    }

    /** Ended leases go first, so that what they held can be had again in the same commit. */
    private static Uni<Void> end(Mutiny.StatelessSession session, Batch batch) {
        var released = new HashMap<String, Long>();
        var endings = new ArrayList<Ending>();
        for (var entry : batch.changes()) {
            entry.change()
                    .ending()
                    .ifPresent(
                            ending -> {
                                endings.add(ending);
                                ending.lease().addresses().stream()
                                        .forEach(
                                                address ->
                                                        released.put(
                                                                ending.lease().vpc()
                                                                        + " "
                                                                        + address,
                                                                entry.message().position()));
                            });
        }
        if (endings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ids = endings.stream().map(ending -> ending.lease().id());
        var closing =
                session.createNativeQuery(
                                "update lease_history h set ended = greatest(e.at, h.began), end_reason = e.reason"
                                        + " from (select cast(split_part(line, ' ', 1) as uuid) id, split_part(line, ' ', 2) reason,"
                                        + " cast(split_part(line, ' ', 3) as timestamptz) at from unnest(string_to_array(:lines, ',')) line) e"
                                        + " where h.id = e.id")
                        .setParameter(
                                "lines",
                                endings.stream()
                                        .map(e -> e.lease().id() + " " + e.reason() + " " + e.at())
                                        .collect(Collectors.joining(",")));
        var noting =
                session.createNativeQuery(
                                "insert into released (vpc, address, position)"
                                        + " select split_part(line, ' ', 1), split_part(line, ' ', 2), cast(split_part(line, ' ', 3) as bigint)"
                                        + " from unnest(string_to_array(:lines, ',')) line"
                                        + " on conflict (vpc, address) do update set position = excluded.position")
                        .setParameter(
                                "lines",
                                released.entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .collect(Collectors.joining(",")));
        return session.createNativeQuery(
                        "delete from lease where id = any(cast(string_to_array(:ids, ',') as uuid[]))")
                .setParameter("ids", ids.map(UUID::toString).collect(Collectors.joining(",")))
                .executeUpdate()
                .invoke(rows -> expect(endings.size(), rows, "ended"))
                .chain(closing::executeUpdate)
                .chain(noting::executeUpdate)
                .replaceWithVoid();
    }

    private static Uni<Void> amend(Mutiny.StatelessSession session, List<Lease> leases) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var lease : leases) {
            done =
                    done.chain(
                            () ->
                                    session.createNativeQuery(
                                                    "with l as (update lease set node_name = :node, port_security = :security where id = :id)"
                                                            + " update lease_history set node_name = :node where id = :id and ended is null")
                                            .setParameter("node", lease.nodeName())
                                            .setParameter("security", lease.portSecurity())
                                            .setParameter("id", lease.id())
                                            .executeUpdate()
                                            .invoke(rows -> expect(1, rows, "amended"))
                                            .replaceWithVoid());
        }
        return done;
    }

    private static Uni<Void> insert(Mutiny.StatelessSession session, Object[] rows) {
        return rows.length == 0
                ? Uni.createFrom().voidItem()
                : session.insertAll(rows.length, rows);
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
                                                    "from LeaseRow where port > :after order by port",
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
    public Map<String, List<IpAddress>> released() {
        Map<String, List<IpAddress>> released = new HashMap<>();
        long after = 0;
        List<Object[]> page;
        do {
            var from = after;
            page =
                    inTransaction(
                            session ->
                                    session.createNativeQuery(
                                                    "select r.vpc, r.address, r.position from released r where r.position > :after"
                                                            + " order by r.position fetch first "
                                                            + PAGE
                                                            + " rows with ties",
                                                    Object[].class)
                                            .setParameter("after", from)
                                            .getResultList());
            for (var row : page) {
                released.computeIfAbsent((String) row[0], _ -> new ArrayList<>())
                        .add(IpAddress.parse((String) row[1]));
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
                                                "from OutboxRow where position > :after order by position",
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

    private static <T> Stream<T> only(List<LedgerChange> changes, Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static void expect(int wanted, int rows, String what) {
        if (rows != wanted) {
            throw new LedgerException.Rejected(
                    "%d leases %s, the ledger has %d of them".formatted(wanted, what, rows),
                    new IllegalStateException("ledger and memory differ"));
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
