package dev.weft.ipam.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** What is kept beside the ledger as JSON. Blocking: for virtual threads. */
@ApplicationScoped
public class Documents {

    private final Mutiny.SessionFactory sessions;

    Documents(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Keeps the report of a restoration. */
    public void keepRestoration(Instant at, String json) {
        Ledger.await(
                () ->
                        sessions.withStatelessTransaction(
                                session ->
                                        session.createNativeQuery(
                                                        "insert into restoration (at, report)"
                                                                + " values (cast(cast(:at as text) as"
                                                                + " timestamptz), cast(cast(:report as"
                                                                + " text) as jsonb)) on conflict (at)"
                                                                + " do update set report ="
                                                                + " excluded.report")
                                                .setParameter("at", at.toString())
                                                .setParameter("report", json)
                                                .executeUpdate()));
    }

    /** The latest reports of restorations, the last first. */
    public List<String> restorations(int most) {
        return Ledger.await(
                () ->
                        sessions.withStatelessSession(
                                session ->
                                        session.createNativeQuery(
                                                        "select cast(report as text) from"
                                                                + " restoration order by at desc",
                                                        String.class)
                                                .setMaxResults(most)
                                                .getResultList()));
    }
}
