package dev.weft.ipam.rest;

import dev.weft.ipam.term.Ipam;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready when this instance leads, the ledger is loaded and the feeds are in. */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
class Readiness implements HealthCheck {

    private final Ipam ipam;

    Readiness(Ipam ipam) {
        this.ipam = ipam;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("ipam")
                .status(ipam.active().isPresent())
                .withData("phase", ipam.phase())
                .build();
    }
}
