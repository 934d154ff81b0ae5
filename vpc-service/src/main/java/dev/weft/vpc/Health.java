package dev.weft.vpc;

import dev.weft.bus.FeedView;
import dev.weft.vpc.northbound.Northbound;
import dev.weft.vpc.records.Records;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means able to act as soon as it is this instance's turn: a standby is ready too, so that a
 * rollout can replace the active one by it.
 */
@Readiness
class Health implements HealthCheck {

    private final Records records;
    private final Northbound northbound;
    private final VpcService service;

    Health(Records records, Northbound northbound, VpcService service) {
        this.records = records;
        this.northbound = northbound;
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        var missing =
                records.status().stream()
                        .filter(feed -> feed.snapshots() == 0)
                        .map(FeedView.Status::feed)
                        .toList();
        return HealthCheckResponse.named("vpc")
                .status(missing.isEmpty() && northbound.isConnected())
                .withData("active", service.isActive())
                .withData("northbound", northbound.isConnected())
                .withData("lock", northbound.holdsLock())
                .withData("feeds-missing", String.join(",", missing))
                .build();
    }
}
