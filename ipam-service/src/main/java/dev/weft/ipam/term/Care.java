package dev.weft.ipam.term;

import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.ipam.IpamConfig;
import dev.weft.ipam.ledger.Retention;
import java.time.Clock;
import java.time.Duration;

/** What has to be done from time to time. */
final class Care implements AutoCloseable {

    private static final Duration EVERY = Duration.ofHours(1);

    /** As long as it matters which address was released before which. */
    private static final Duration RELEASES = Duration.ofDays(7);

    private final IpamConfig.Ipam config;
    private final Retention retention;
    private final Clock clock;
    private final ReconcileLoop<Task> loop;

    private enum Task {
        FORGET
    }

    Care(IpamConfig.Ipam config, Retention retention, Clock clock) {
        this.config = config;
        this.retention = retention;
        this.clock = clock;
        this.loop =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.care"),
                        task ->
                                switch (task) {
                                    case FORGET -> forget();
                                });
    }

    void begin() {
        loop.submit(Task.FORGET);
    }

    private Outcome forget() {
        var now = clock.instant();
        var quarantine = config.quarantine();
        retention.forgetReleases(
                now.minus(quarantine.compareTo(RELEASES) > 0 ? quarantine : RELEASES));
        var more =
                config.historyRetention()
                        .map(age -> retention.forgetHistory(now.minus(age)))
                        .orElse(false);
        return Outcome.retryAfter(more ? Duration.ofMillis(100) : EVERY);
    }

    @Override
    public void close() {
        loop.close();
    }
}
