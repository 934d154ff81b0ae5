package dev.weft.ipam.term;

import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.kube.RefusalEvents;
import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.LeaseDecision;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.ledger.LedgerChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
    private final Function<OwnerKey, Claim> claims;
    private final Function<LedgerChange, CompletableFuture<Void>> ledger;
    private final RefusalEvents refusals;
    private final Waiters waiters = new Waiters();
    private final MeterRegistry meters;
    private final ReconcileLoop<OwnerKey> loop;

    /**
     * @param claims what an owner, as it is now, may claim
     * @param ledger puts a change in the next commit
     */
    Allocator(
            LeaseBook book,
            Function<OwnerKey, Claim> claims,
            Function<LedgerChange, CompletableFuture<Void>> ledger,
            RefusalEvents refusals,
            MeterRegistry meters) {
        this.book = book;
        this.claims = claims;
        this.ledger = ledger;
        this.refusals = refusals;
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
        var settlement = book.settle(owner, claims.apply(owner), ledger);
        if (settlement.busy()) {
            return Outcome.retryAfter(Duration.ofMillis(20));
        }
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
        if (settlement.decision() instanceof LeaseDecision.Refuse refuse) {
            return refused(owner, refuse);
        }
        waiters.remove(owner);
        refusals.settled(owner);
        return Outcome.done();
    }

    private Outcome refused(OwnerKey owner, LeaseDecision.Refuse refuse) {
        if (refuse.replaced() != null) {
            // what the former namesake held is free by now, perhaps that is enough
            return Outcome.retryAfter(Duration.ofMillis(1));
        }
        var reason = refuse.refusal().reason();
        meters.counter("weft.ipam.refusals", "reason", reason.word()).increment();
        waiters.add(owner, reason, refuse.subnets().isEmpty() ? List.of() : refuse.subnets());
        refusals.refused(refuse.owner(), refuse.refusal());
        return Outcome.retryAfter(ANYWAY);
    }

    @Override
    public void close() {
        loop.close();
    }
}
