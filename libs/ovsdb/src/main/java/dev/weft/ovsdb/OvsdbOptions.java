package dev.weft.ovsdb;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a database.
 *
 * @param endpoints the servers, tried in turn
 * @param database the database's name, e.g. {@code OVN_Northbound}
 * @param leaderOnly stay only with the member of a cluster that leads: its view is the newest, and
 *     OVSDB locks are kept per server, so {@link OvsdbClient#lock} means something only there
 * @param inactivityProbe silence after which the server is asked for a sign of life; after as much
 *     again the connection is given up; {@link Duration#ZERO} never asks
 * @param connectTimeout how long a connect and each step of the handshake may take
 * @param tls certificates for {@code ssl:} endpoints
 */
public record OvsdbOptions(
        List<Endpoint> endpoints,
        String database,
        boolean leaderOnly,
        Duration inactivityProbe,
        Duration connectTimeout,
        Backoff backoff,
        @Nullable Tls tls,
        SchemaRequirements requirements,
        Limits limits) {
    public OvsdbOptions {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoint for database " + database);
        }
        if (tls == null && endpoints.stream().anyMatch(Endpoint.Ssl.class::isInstance)) {
            throw new IllegalArgumentException(
                    "an ssl: endpoint needs TLS certificates: " + endpoints);
        }
    }

    /** The usual options: leader only, a probe every 5 s. */
    public static OvsdbOptions of(String endpoints, String database) {
        return of(Endpoint.parse(endpoints), database, null);
    }

    public static OvsdbOptions of(List<Endpoint> endpoints, String database, @Nullable Tls tls) {
        return new OvsdbOptions(
                endpoints,
                database,
                true,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Backoff.DEFAULT,
                tls,
                SchemaRequirements.NONE,
                Limits.DEFAULT);
    }

    public OvsdbOptions withLeaderOnly(boolean only) {
        return new OvsdbOptions(
                endpoints,
                database,
                only,
                inactivityProbe,
                connectTimeout,
                backoff,
                tls,
                requirements,
                limits);
    }

    public OvsdbOptions withInactivityProbe(Duration probe) {
        return new OvsdbOptions(
                endpoints,
                database,
                leaderOnly,
                probe,
                connectTimeout,
                backoff,
                tls,
                requirements,
                limits);
    }

    public OvsdbOptions withConnectTimeout(Duration timeout) {
        return new OvsdbOptions(
                endpoints,
                database,
                leaderOnly,
                inactivityProbe,
                timeout,
                backoff,
                tls,
                requirements,
                limits);
    }

    public OvsdbOptions withBackoff(Backoff other) {
        return new OvsdbOptions(
                endpoints,
                database,
                leaderOnly,
                inactivityProbe,
                connectTimeout,
                other,
                tls,
                requirements,
                limits);
    }

    public OvsdbOptions withRequirements(SchemaRequirements other) {
        return new OvsdbOptions(
                endpoints,
                database,
                leaderOnly,
                inactivityProbe,
                connectTimeout,
                backoff,
                tls,
                other,
                limits);
    }

    public OvsdbOptions withLimits(Limits other) {
        return new OvsdbOptions(
                endpoints,
                database,
                leaderOnly,
                inactivityProbe,
                connectTimeout,
                backoff,
                tls,
                requirements,
                other);
    }
}
