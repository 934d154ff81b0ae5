package dev.weft.ipam.term;

import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.book.LeaseBook.Settlement;
import dev.weft.ipam.kube.RefusalEvents;
import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseDecision;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.lease.PortKey;
import dev.weft.ipam.ledger.LedgerChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Gives every owner the lease that it should have. One owner is looked at by one thread at a time;
 * many wait for the ledger at once, which is what makes commits large when there is much to do.
 */
final class Allocator implements AutoCloseable {

    private static final int AT_ONCE = 512;

    /** What woke a refused owner may have been missed. */
    private static final Duration ANYWAY = Duration.ofMinutes(1);

    private final LeaseBook book;
    private final BiFunction<OwnerKey, List<Lease>, Map<PortKey, Claim>> claims;
    private final Function<LedgerChange, CompletableFuture<Void>> ledger;
    private final RefusalEvents refusals;
    private final Waiters waiters = new Waiters();
    private final Function<LeaseOwner, String> objectNames;
    private final Clock clock;
    private final MeterRegistry meters;
    private final ReconcileLoop<OwnerKey> loop;

    /**
     * @param claims what an owner, as it is now, may claim, given what it holds
     * @param objectNames the name of the object that an owner is
     * @param ledger puts a change in the next commit
     */
    Allocator(
            LeaseBook book,
            BiFunction<OwnerKey, List<Lease>, Map<PortKey, Claim>> claims,
            Function<LedgerChange, CompletableFuture<Void>> ledger,
            RefusalEvents refusals,
            Function<LeaseOwner, String> objectNames,
            Clock clock,
            MeterRegistry meters) {
        this.book = book;
        this.claims = claims;
        this.ledger = ledger;
        this.refusals = refusals;
        this.objectNames = objectNames;
        this.clock = clock;
        this.meters = meters;
        this.loop =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.lease")
                                .withParallelism(AT_ONCE)
                                .withMetrics(meters),
                        this::reconcile);
    }

    /** The owner should be looked at. */
    void submit(OwnerKey owner) {
        loop.submit(owner);
    }

    /** Waits until nothing is left to do, or the time is over. */
    boolean awaitIdle(Duration within) throws InterruptedException {
        return loop.awaitIdle(within);
    }

    /** So many leases were released in the subnet. */
    void released(String subnet, int leases) {
        waiters.released(subnet, leases).forEach(loop::submit);
    }

    /** Subnets, or what is bound to them, changed. */
    void rulesChanged() {
        waiters.all().forEach(loop::submit);
    }

    /** How many owners are refused. */
    int refused() {
        return waiters.size();
    }

    private Outcome reconcile(OwnerKey owner) throws InterruptedException {
        var held = book.held(owner);
        var settlements = new LinkedHashMap<PortKey, Settlement>();
        claims.apply(owner, held)
                .forEach((port, claim) -> settlements.put(port, book.settle(port, claim, ledger)));
        var busy = settlements.values().stream().anyMatch(Settlement::busy);
        for (var settlement : settlements.values()) {
            var written = settlement.written();
            if (written != null) {
                try {
                    written.get();
                } catch (CancellationException _) {
                    return Outcome.done(); // the term is over
                } catch (ExecutionException e) {
                    return Outcome.failed(String.valueOf(e.getCause().getMessage()));
                }
            }
        }
        var outcome = refusals(owner, settlements);
        return busy ? Outcome.retryAfter(Duration.ofMillis(20)) : outcome;
    }

    private Outcome refusals(OwnerKey owner, Map<PortKey, Settlement> settlements) {
        var refused = new ArrayList<LeaseDecision.Refuse>();
        for (var entry : settlements.entrySet()) {
            if (entry.getValue().decision() instanceof LeaseDecision.Refuse refuse) {
                if (refuse.replaced() != null) {
                    // what the former namesake held is free by now, perhaps that is enough
                    return Outcome.retryAfter(Duration.ofMillis(1));
                }
                refused.add(refuse);
                refused(entry.getKey(), refuse);
            } else if (!entry.getValue().busy()) {
                refusals.settled(entry.getKey());
            }
        }
        if (refused.isEmpty()) {
            waiters.remove(owner);
            return Outcome.done();
        }
        waiters.add(owner, refused);
        return Outcome.retryAfter(untilAgain(refused));
    }

    private void refused(PortKey port, LeaseDecision.Refuse refuse) {
        meters.counter("weft.ipam.refusals", "reason", refuse.refusal().reason().word())
                .increment();
        refusals.refused(port, refuse.owner(), objectNames.apply(refuse.owner()), refuse.refusal());
    }

    private Duration untilAgain(List<LeaseDecision.Refuse> refused) {
        return refused.stream()
                .map(refuse -> refuse.refusal().again())
                .filter(Objects::nonNull)
                .map(again -> Duration.between(clock.instant(), again).plusMillis(1))
                .map(delay -> delay.isNegative() ? Duration.ofMillis(1) : delay)
                .reduce(ANYWAY, (x, y) -> x.compareTo(y) < 0 ? x : y);
    }

    @Override
    public void close() {
        loop.close();
    }
}
