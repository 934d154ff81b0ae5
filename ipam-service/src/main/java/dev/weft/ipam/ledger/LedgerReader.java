package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.Lease;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Questions about leases and their history. Blocking: for virtual threads. */
@ApplicationScoped
public class LedgerReader {

    private final Mutiny.SessionFactory sessions;

    LedgerReader(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** The leases of the query, in the order of their ports. */
    public List<Lease> leases(LeaseQuery query) {
        var conditions = new StringBuilder("port > :after");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("after", query.after());
        if (query.subnet() != null) {
            conditions.append(" and subnet = :subnet");
            values.put("subnet", query.subnet());
        }
        var owner = query.owner();
        if (owner != null) {
            conditions.append(" and port = :port and ownerKind = :kind");
            values.put("port", owner.port());
            values.put("kind", owner.kind().word());
        }
        var address = query.address();
        if (address != null) {
            conditions.append(" and ").append(column(address)).append(" = :address");
            values.put("address", address.toString());
        }
        return read(
                        session -> {
                            var selection =
                                    session.createSelectionQuery(
                                            "from LeaseRow where " + conditions + " order by port",
                                            LeaseRow.class);
                            values.forEach(selection::setParameter);
                            return selection.setMaxResults(query.limit()).getResultList();
                        })
                .stream()
                .map(LeaseRow::toLease)
                .toList();
    }

    /** What the port holds. */
    public Optional<Lease> lease(String port) {
        return read(
                        session ->
                                session.createSelectionQuery(
                                                "from LeaseRow where port = :port", LeaseRow.class)
                                        .setParameter("port", port)
                                        .getResultList())
                .stream()
                .findFirst()
                .map(LeaseRow::toLease);
    }

    /**
     * Who held the address, the latest first.
     *
     * @param before only those that began earlier
     */
    public List<Tenure> history(String vpc, IpAddress address, Instant before, int limit) {
        return read(
                        session ->
                                session.createSelectionQuery(
                                                "from HistoryRow where vpc = :vpc and "
                                                        + column(address)
                                                        + " = :address and began < :before order by began desc",
                                                HistoryRow.class)
                                        .setParameter("vpc", vpc)
                                        .setParameter("address", address.toString())
                                        .setParameter("before", before)
                                        .setMaxResults(limit)
                                        .getResultList())
                .stream()
                .map(HistoryRow::toTenure)
                .toList();
    }

    /** Who held the address at that instant. */
    public Optional<Tenure> holder(String vpc, IpAddress address, Instant at) {
        return read(
                        session ->
                                session.createSelectionQuery(
                                                "from HistoryRow where vpc = :vpc and "
                                                        + column(address)
                                                        + " = :address and began <= :at and (ended is null or ended > :at)"
                                                        + " order by began desc",
                                                HistoryRow.class)
                                        .setParameter("vpc", vpc)
                                        .setParameter("address", address.toString())
                                        .setParameter("at", at)
                                        .setMaxResults(1)
                                        .getResultList())
                .stream()
                .findFirst()
                .map(HistoryRow::toTenure);
    }

    private static String column(IpAddress address) {
        return address.family() == Family.IPV4 ? "v4" : "v6";
    }

    private <T> T read(Function<Mutiny.StatelessSession, Uni<T>> question) {
        return Ledger.await(() -> sessions.withStatelessSession(question));
    }
}
