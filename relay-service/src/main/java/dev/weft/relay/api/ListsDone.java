package dev.weft.relay.api;

import dev.weft.relay.Relay;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when every kind was listed: from then on, all snapshots can be served. The broker may be
 * away.
 */
@Readiness
class ListsDone implements HealthCheck {
    private final Relay relay;

    ListsDone(Relay relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        var missing = relay.missing();
        var response = HealthCheckResponse.named("lists").status(missing.isEmpty());
        if (!missing.isEmpty()) response.withData("not listed yet", String.join(", ", missing));
        return response.build();
    }
}
