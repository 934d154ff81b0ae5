package dev.weft.vpc.northbound;

import dev.weft.bus.Backoff;
import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.ovn.Applied;
import dev.weft.ovn.Obstacle;
import dev.weft.ovn.Owner;
import dev.weft.ovn.OwnerListener;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.vpc.VpcConfig;
import dev.weft.vpc.kubernetes.VpcStatusWriter;
import dev.weft.vpc.records.Records;
import dev.weft.vpc.topology.Owners;
import dev.weft.vpc.topology.Plan;
import dev.weft.vpc.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows of every owner as the {@link Topology} says. Whatever happens (an object changed,
 * somebody touched our rows, the database was emptied), the answer is the same: look at the owner
 * again.
 */
@ApplicationScoped
public class Fabric {

    private static final Logger LOG = LoggerFactory.getLogger(Fabric.class);
    private static final Backoff BACKOFF =
            Backoff.between(Duration.ofMillis(50), Duration.ofSeconds(5));

    private final Records records;
    private final Northbound northbound;
    private final VpcStatusWriter status;
    private final ReconcileLoop<Owner> loop;
    private final Map<Owner, String> refusals = new ConcurrentHashMap<>();

    Fabric(
            Records records,
            Northbound northbound,
            VpcStatusWriter status,
            VpcConfig config,
            MeterRegistry registry) {
        this.records = records;
        this.northbound = northbound;
        this.status = status;
        this.loop =
                new ReconcileLoop<>(
                        LoopOptions.named("vpc.fabric")
                                .withParallelism(config.parallelism())
                                .withBackoff(BACKOFF)
                                .withMetrics(registry),
                        this::reconcile);
        registry.gaugeMapSize("weft.vpc.refused", Tags.empty(), refusals);
    }

    /**
     * Begins to look at every owner that anything is known of, in the records or in the database;
     * what the records do not know any more goes. So this must not be called before all feeds are
     * in.
     */
    public void start() {
        records.settleSubnets();
        var database = northbound.database();
        database.listen(
                new OwnerListener() {
                    @Override
                    public void changed(Set<Owner> owners) {
                        owners.forEach(loop::submit);
                    }

                    @Override
                    public void reset() {
                        Thread.ofVirtual().name("weft-look-again").start(Fabric.this::submitAll);
                    }
                });
        database.client()
                .listen(
                        state -> {
                            if (state instanceof ConnectionState.Connected) {
                                retryNow();
                            }
                        });
        database.lock()
                .ifPresent(
                        lock ->
                                lock.listen(
                                        held -> {
                                            if (held) {
                                                retryNow();
                                            }
                                        }));
        submitAll();
    }

    /** The owner should be looked at. */
    public void submit(Owner owner) {
        loop.submit(owner);
    }

    /** Every owner should be looked at. */
    public void submitAll() {
        northbound.database().owners().forEach(loop::submit);
        Topology.owners(records.world()).forEach(loop::submit);
    }

    /** How the loop stands. */
    public ReconcileLoop.Status<Owner> status() {
        return loop.status();
    }

    /** The owners whose objects are not served, with the reason. */
    public Map<Owner, String> refusals() {
        return Map.copyOf(refusals);
    }

    /** Waits until nothing waits to be looked at. */
    public boolean awaitIdle(Duration within) throws InterruptedException {
        return loop.awaitIdle(within);
    }

    /** Takes no new work and waits briefly for what runs. */
    public void stop() throws InterruptedException {
        loop.stop(Duration.ofSeconds(5));
    }

    /** What failed for want of the database or the lock need not wait out its back-off. */
    private void retryNow() {
        loop.status().failures().forEach(failure -> loop.submit(failure.key()));
    }

    private Outcome reconcile(Owner owner) throws Exception {
        return switch (Topology.planFor(owner, records.world())) {
            case Plan.Keep keep -> {
                tell(keep);
                yield Outcome.done();
            }
            case Plan.Serve serve -> {
                refusals.remove(owner);
                var applied = northbound.apply(serve.desired());
                if (owner.kind().equals(Owners.VPC)) {
                    status.write(owner.name(), records.world(), applied, serve.remarks());
                }
                yield outcome(applied);
            }
        };
    }

    /** What passes by itself is looked at again when it has: the database tells. */
    private static Outcome outcome(Applied applied) {
        var conflicts = applied.changes().conflicts();
        return conflicts.isEmpty()
                ? Outcome.done()
                : Outcome.failed(
                        conflicts.stream()
                                .map(Obstacle::message)
                                .collect(Collectors.joining("; ")));
    }

    private void tell(Plan.Keep keep) {
        if (!keep.reason().equals(refusals.put(keep.owner(), keep.reason()))) {
            LOG.warn("{} is not served: {}", keep.owner(), keep.reason());
        }
    }
}
