package dev.weft.ovn;

import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.TransactionResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one transaction at a time is under way, and what comes meanwhile goes into the
 * next. An owner whose changes the database refuses is found by halving the batch, so that it does
 * not spoil the others'.
 */
final class ApplyLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ApplyLoop.class);

    /** How often a plan is made anew because the database was not as the replica said. */
    private static final int ATTEMPTS = 4;

    private record Job(Desired desired, Promise<Applied> promise, int attempt) {
        Job again() {
            return new Job(desired, promise, attempt + 1);
        }
    }

    private final OvnOptions options;
    private final Planner planner;
    private final Replica replica;
    private final DriftWatch drift;
    private final Function<Transaction, Future<TransactionResult>> send;

    private final Map<Owner, Job> pending = new LinkedHashMap<>();
    private boolean running;

    private final LongAdder applies = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder transactions = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder owners = new LongAdder();
    private final LongAdder rows = new LongAdder();

    ApplyLoop(
            OvnOptions options,
            Replica replica,
            DriftWatch drift,
            Function<Transaction, Future<TransactionResult>> send) {
        this.options = options;
        this.planner = new Planner(options.model());
        this.replica = replica;
        this.drift = drift;
        this.send = send;
    }

    ChangeSet plan(Desired desired) {
        return replica.read(view -> planner.plan(desired, view));
    }

    synchronized Future<Applied> submit(Desired desired) {
        applies.increment();
        Job waiting = pending.get(desired.owner());
        Promise<Applied> promise = waiting == null ? Promise.promise() : waiting.promise();
        pending.put(desired.owner(), new Job(desired, promise, 1));
        if (!running) {
            running = true;
            Thread.ofVirtual().name("ovn-apply-" + options.model().database()).start(this::drain);
        }
        return promise.future();
    }

    OvnStatistics statistics() {
        return new OvnStatistics(
                applies.sum(),
                unchanged.sum(),
                transactions.sum(),
                refused.sum(),
                owners.sum(),
                rows.sum());
    }

    private static void finish(Job job, Applied applied) {
        settle(job, promise -> promise.tryComplete(applied));
    }

    private static void fail(Job job, RuntimeException failure) {
        settle(job, promise -> promise.tryFail(failure));
    }

    /**
     * What the caller does with the outcome runs here and now, but its faults are not the other
     * owners'.
     */
    private static void settle(Job job, Consumer<Promise<Applied>> outcome) {
        try {
            outcome.accept(job.promise());
        } catch (RuntimeException e) {
            LOG.error("whoever applied {} failed at the outcome", job.desired().owner(), e);
        }
    }

    private void drain() {
        for (var jobs = take(); !jobs.isEmpty(); jobs = take()) {
            try {
                commit(jobs);
            } catch (RuntimeException e) { // a fault of ours: let it not end the loop
                LOG.error("while applying {} owners' rows", jobs.size(), e);
                jobs.forEach(job -> fail(job, e));
            }
        }
    }

    private synchronized List<Job> take() {
        var jobs = pending.values().stream().limit(options.batch()).toList();
        jobs.forEach(job -> pending.remove(job.desired().owner()));
        running = !jobs.isEmpty();
        return jobs;
    }

    /**
     * Puts a job back at the end, unless a newer wish of the same owner waits: then that one's
     * outcome counts for both.
     */
    private synchronized void putBack(Job job) {
        Job newer = pending.putIfAbsent(job.desired().owner(), job);
        if (newer != null) {
            newer.promise().future().onComplete(job.promise());
        }
    }

    private void commit(List<Job> jobs) {
        var batch = Batch.sort(plan(jobs));
        batch.unchanged()
                .forEach(
                        plan -> {
                            unchanged.increment();
                            drift.settled(plan.job().desired().owner());
                            finish(plan.job(), new Applied.Unchanged(plan.changes()));
                        });
        batch.held().forEach(this::hold);
        if (!batch.ready().isEmpty()) {
            write(batch.ready());
        }
        batch.deferred().forEach(plan -> putBack(plan.job()));
    }

    private List<Batch.Plan<Job>> plan(List<Job> jobs) {
        return replica.read(
                view -> {
                    var plans = new ArrayList<Batch.Plan<Job>>();
                    for (Job job : jobs) {
                        try {
                            plans.add(new Batch.Plan<>(job, planner.plan(job.desired(), view)));
                        } catch (RuntimeException e) {
                            fail(job, e);
                        }
                    }
                    return plans;
                });
    }

    /**
     * Watches for the obstacle to pass before it tells, and looks once more in case it passed just
     * before.
     */
    private void hold(Batch.Plan<Job> plan) {
        drift.held(plan.changes());
        if (plan(plan.job().desired()).isFeasible()) {
            putBack(plan.job());
        } else {
            finish(plan.job(), new Applied.Held(plan.changes()));
        }
    }

    private void write(List<Batch.Plan<Job>> plans) {
        var changeSets = plans.stream().map(Batch.Plan::changes).toList();
        var batchOwners = changeSets.stream().map(ChangeSet::owner).collect(Collectors.toSet());
        Optional<RuntimeException> failure;
        drift.begin(batchOwners);
        try {
            send.apply(TransactionWriter.write(changeSets, options.lock()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            failure = Optional.empty();
        } catch (CompletionException e) {
            failure = Optional.of(e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (RuntimeException e) {
            // also a value that does not fit its column, found when the transaction is written
            failure = Optional.of(e);
        }
        drift.end(batchOwners);
        if (failure.isPresent()) {
            refused.increment();
            refused(plans, failure.get());
        } else {
            transactions.increment();
            owners.add(plans.size());
            plans.forEach(this::written);
        }
    }

    private void written(Batch.Plan<Job> plan) {
        rows.add(plan.changes().changes().size());
        Desired desired = plan.job().desired();
        drift.settled(desired.owner());
        ChangeSet left = plan(desired);
        if (!left.isEmpty()) {
            LOG.warn(
                    "somebody changed rows of {} while they were written: {}",
                    desired.owner(),
                    left);
            drift.tell(desired.owner());
        }
        finish(plan.job(), new Applied.Written(plan.changes()));
    }

    private void refused(List<Batch.Plan<Job>> plans, RuntimeException failure) {
        var jobs = plans.stream().map(Batch.Plan::job).toList();
        boolean oneOwnersFault =
                failure instanceof OvsdbException.TransactionFailed refusal
                        ? !concernsAll(refusal)
                        : !(failure instanceof OvsdbException);
        if (!oneOwnersFault) {
            jobs.forEach(job -> fail(job, failure));
        } else if (jobs.size() > 1) {
            commit(jobs.subList(0, jobs.size() / 2));
            commit(jobs.subList(jobs.size() / 2, jobs.size()));
        } else if (failure instanceof OvsdbException.TimedOut
                && jobs.getFirst().attempt() < ATTEMPTS) {
            // a guard did not hold: by now the replica knows why
            commit(List.of(jobs.getFirst().again()));
        } else {
            fail(jobs.getFirst(), failure);
        }
    }

    private static boolean concernsAll(OvsdbException.TransactionFailed failure) {
        return switch (failure) {
            case OvsdbException.NotOwner _,
                    OvsdbException.ResourcesExhausted _,
                    OvsdbException.IoError _,
                    OvsdbException.PermissionDenied _,
                    OvsdbException.ClusterError _ ->
                    true;
            default -> false;
        };
    }
}
