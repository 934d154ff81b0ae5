package dev.weft.ipam.term;

import dev.weft.bus.Backoff;
import dev.weft.bus.FeedPublisher;
import dev.weft.bus.Leadership;
import dev.weft.ipam.IpamConfig;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.ledger.Ledger;
import dev.weft.ipam.ledger.Retention;
import dev.weft.ipam.restore.OvnPorts;
import dev.weft.ipam.restore.RestorationReports;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's life: stand for the lease, take the ledger, load it, load the feeds, then decide.
 * An instance that lost the lease or was fenced ends; its next process stands again.
 */
@ApplicationScoped
public class Ipam {

    private static final Logger LOG = LoggerFactory.getLogger(Ipam.class);

    private final IpamConfig config;
    private final Ledger ledger;
    private final Flyway flyway;
    private final Views views;
    private final FeedPublisher broker;
    private final KubernetesClient kubernetes;
    private final OvnPorts ovn;
    private final RestorationReports reports;
    private final Retention retention;
    private final MeterRegistry meters;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<@Nullable ActiveTerm> active = new AtomicReference<>();
    private final AtomicReference<String> phase = new AtomicReference<>("starting");
    private @Nullable Leadership leadership;

    Ipam(
            IpamConfig config,
            Ledger ledger,
            Flyway flyway,
            Views views,
            FeedPublisher broker,
            KubernetesClient kubernetes,
            OvnPorts ovn,
            RestorationReports reports,
            Retention retention,
            MeterRegistry meters) {
        this.config = config;
        this.ledger = ledger;
        this.flyway = flyway;
        this.views = views;
        this.broker = broker;
        this.kubernetes = kubernetes;
        this.ovn = ovn;
        this.reports = reports;
        this.retention = retention;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        gauge("weft.ipam.leases", term -> term.book().size());
        gauge("weft.ipam.outbox.behind", ActiveTerm::messagesBehind);
        gauge("weft.ipam.commit.waiting", ActiveTerm::decisionsWaiting);
        gauge("weft.ipam.owners.refused", ActiveTerm::ownersRefused);
        Thread.ofVirtual().name("weft-ipam-start").start(this::live);
    }

    private void live() {
        try {
            phase.set("waiting for the lease");
            var mine =
                    Leadership.stand(
                            kubernetes, config.namespace(), "weft-ipam", config.instance());
            leadership = mine;
            mine.onLost(this::end);
            mine.await();
            phase.set("waiting for the ledger");
            untilItWorks("migrating the ledger", flyway::migrate);
            var term =
                    untilItWorks(
                            "loading the ledger",
                            () -> new ActiveTerm(ledger.beginTerm(), means(), this::end));
            phase.set("waiting for the feeds");
            views.start().get();
            phase.set("looking at what there is");
            term.begin();
            active.set(term);
            phase.set("active");
            LOG.info("active in {}", term);
        } catch (InterruptedException _) {
            // stopping
        } catch (Exception | Error e) {
            if (stopping.getCount() > 0) {
                LOG.error("cannot start", e);
                end();
            }
        }
    }

    private ActiveTerm.Means means() {
        return new ActiveTerm.Means(
                ledger,
                reports,
                retention,
                views,
                broker,
                kubernetes,
                meters,
                Clock.systemUTC(),
                ovn,
                config);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        phase.set("stopping");
        var term = active.getAndSet(null);
        if (term != null) {
            term.close();
        }
        if (leadership != null) {
            leadership.close();
        }
    }

    /** This instance must not write any more. */
    private void end() {
        if (stopping.getCount() > 0) {
            phase.set("ended");
            active.set(null);
            Quarkus.asyncExit(1);
        }
    }

    /** What lives while this instance is the one that writes; empty while it is not. */
    public Optional<ActiveTerm> active() {
        return Optional.ofNullable(active.get());
    }

    /** What the service is doing. */
    public String phase() {
        return phase.get();
    }

    private void gauge(String name, ToDoubleFunction<ActiveTerm> value) {
        Gauge.builder(
                        name,
                        active,
                        holder -> {
                            var term = holder.get();
                            return term == null ? Double.NaN : value.applyAsDouble(term);
                        })
                .register(meters);
    }

    private <T> T untilItWorks(String what, Supplier<T> attempt) throws InterruptedException {
        var backoff = Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(5));
        for (int failures = 1; ; failures++) {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                if (failures == 1 || failures % 20 == 0) {
                    LOG.warn("{} ({} attempts): {}", what, failures, e.toString());
                }
                var delay = backoff.delay(failures, java.util.random.RandomGenerator.getDefault());
                if (stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("stopping");
                }
            }
        }
    }
}
