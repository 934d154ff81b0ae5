package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.OwnerKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Questions about the history that are not about one address. Each is answered from an index, a
 * page at a time. Blocking: for virtual threads.
 */
@ApplicationScoped
public class HistoryReader {

    private final Mutiny.SessionFactory sessions;

    HistoryReader(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Where a page begins: behind the row of that instant and lease.
     *
     * @param id of the lease, in the order of its text
     */
    public record Mark(Instant at, UUID id) {

        /** Before everything from that instant on. */
        public static Mark before(Instant at) {
            return new Mark(at, new UUID(0, 0));
        }
    }

    /**
     * A lease that began or ended.
     *
     * @param at when
     * @param began else it ended
     */
    public record Change(Instant at, boolean began, Tenure lease) {}

    /** All that an owner of that name ever held, in the order in which it began. */
    public List<Tenure> heldBy(OwnerKey owner, Mark after, int limit) {
        var namespaced = !owner.namespace().isEmpty();
        return read(
                session -> {
                    var query =
                            session.createSelectionQuery(
                                            "from HistoryRow where ownerKind = :kind and namespace "
                                                    + (namespaced ? "= :namespace" : "is null")
                                                    + " and name = :name and "
                                                    + behind("began")
                                                    + " order by began, id",
                                            HistoryRow.class)
                                    .setParameter("kind", owner.kind().word())
                                    .setParameter("name", owner.name())
                                    .setParameter("at", after.at())
                                    .setParameter("id", after.id());
                    if (namespaced) {
                        query.setParameter("namespace", owner.namespace());
                    }
                    return query.setMaxResults(limit).getResultList();
                });
    }

    /** The leases that began in that time, in the order in which they did. */
    public List<Tenure> began(Mark after, Instant until, int limit) {
        return read(session -> page(session, "began", after, until, limit));
    }

    /**
     * All changes in that time, in the order in which they came.
     *
     * @param after where the page begins; a lease that began and ended in the same instant is told
     *     of on one page
     */
    public List<Change> changes(Mark after, Instant until, int limit) {
        var begun = began(after, until, limit);
        var ended = read(session -> page(session, "ended", after, until, limit));
        var all = new ArrayList<Change>(begun.size() + ended.size());
        begun.forEach(lease -> all.add(new Change(lease.began(), true, lease)));
        ended.forEach(
                lease ->
                        all.add(
                                new Change(
                                        java.util.Objects.requireNonNull(lease.ended()),
                                        false,
                                        lease)));
        all.sort(HistoryReader::compare);
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    /** The database orders UUIDs as their text is. */
    private static int compare(Change a, Change b) {
        int byTime = a.at().compareTo(b.at());
        return byTime != 0
                ? byTime
                : a.lease().id().toString().compareTo(b.lease().id().toString());
    }

    private static Uni<List<HistoryRow>> page(
            Mutiny.StatelessSession session, String column, Mark after, Instant until, int limit) {
        return session.createSelectionQuery(
                        "from HistoryRow where %s and %s < :until order by %s, id"
                                .formatted(behind(column), column, column),
                        HistoryRow.class)
                .setParameter("at", after.at())
                .setParameter("id", after.id())
                .setParameter("until", until)
                .setMaxResults(limit)
                .getResultList();
    }

    private static String behind(String column) {
        return "%s >= :at and (%s > :at or id > :id)".formatted(column, column);
    }

    private List<Tenure> read(Function<Mutiny.StatelessSession, Uni<List<HistoryRow>>> question) {
        return Ledger.await(() -> sessions.withStatelessSession(question)).stream()
                .map(HistoryRow::toTenure)
                .toList();
    }
}
