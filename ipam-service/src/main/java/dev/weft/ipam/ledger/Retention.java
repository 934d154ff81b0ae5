package dev.weft.ipam.ledger;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Takes out of the database what need not be known any more, a part at a time. Blocking: for
 * virtual threads.
 */
@ApplicationScoped
public class Retention {

    private static final int AT_ONCE = 5_000;

    private final Mutiny.SessionFactory sessions;

    Retention(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Forgets some of the leases that ended before that instant.
     *
     * @return whether there may be more
     */
    public boolean forgetHistory(Instant before) {
        return Ledger.await(
                        () ->
                                sessions.withStatelessTransaction(
                                        session ->
                                                allow(session)
                                                        .chain(() -> delete(session, before))))
                == AT_ONCE;
    }

    /** History may be deleted in this transaction only. */
    private static Uni<Object> allow(Mutiny.StatelessSession session) {
        return session.createNativeQuery(
                        "select set_config('weft.retention', 'over', true)", Object.class)
                .getSingleResult();
    }

    private static Uni<Integer> delete(Mutiny.StatelessSession session, Instant before) {
        return session.createNativeQuery(
                        "delete from lease_history where id in (select id from lease_history where"
                                + " ended < cast(cast(:before as text) as timestamptz) order by ended"
                                + " limit "
                                + AT_ONCE
                                + ")")
                .setParameter("before", before.toString())
                .executeUpdate();
    }

    /** Addresses that were released before that instant count as never used. */
    public void forgetReleases(Instant before) {
        Ledger.await(
                () ->
                        sessions.withStatelessTransaction(
                                session ->
                                        session.createNativeQuery(
                                                        "delete from released where at <"
                                                                + " cast(cast(:before as text) as"
                                                                + " timestamptz)")
                                                .setParameter("before", before.toString())
                                                .executeUpdate()));
    }
}
