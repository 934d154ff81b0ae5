package dev.weft.node;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when ADD can succeed; the same as CNI's STATUS. */
@Readiness
@ApplicationScoped
public class NodeReadiness implements HealthCheck {
    private final NodeDaemon daemon;

    NodeReadiness(NodeDaemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("pods can be plugged");
        return daemon.notReady()
                .map(why -> response.down().withData("why", why))
                .orElseGet(response::up)
                .build();
    }
}
