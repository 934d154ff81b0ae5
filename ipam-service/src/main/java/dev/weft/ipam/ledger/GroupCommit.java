package dev.weft.ipam.ledger;

import dev.weft.bus.Backoff;
import dev.weft.ipam.lease.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes decisions to the ledger, as many as there are in one commit: while a commit runs, further
 * ones gather and go with the next, so a single decision waits for nobody and a burst costs few
 * commits. While the database is away they wait; a commit whose answer was lost is recognised when
 * it is tried again.
 */
public final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST = 1_000;

    private final Consumer<Batch> ledger;
    private final Listener listener;
    private final Function<Lease, String> encode;
    private final Backoff backoff;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private List<Waiting> queue = new ArrayList<>();
    private boolean closed;

    // of the committing thread
    private final long term;
    private long batches;
    private long position;

    private record Waiting(LedgerChange change, CompletableFuture<Void> written) {}

    /**
     * Hears of each outcome, in the order of the positions, before the decision's future completes.
     */
    public interface Listener {
        /** The changes and their messages are in the ledger. */
        void written(Batch batch);

        /** The database's rules do not allow the change. */
        void rejected(LedgerChange change, LedgerException.Rejected why);

        /** Another instance writes: nothing is written any more. */
        void fenced(LedgerException.Fenced why);
    }

    /**
     * @param ledger writes one batch, see {@link Ledger#commit}
     * @param encode a lease as the feed tells of it
     */
    public GroupCommit(
            Consumer<Batch> ledger, Term term, Listener listener, Function<Lease, String> encode) {
        this.ledger = ledger;
        this.listener = listener;
        this.encode = encode;
        this.term = term.number();
        this.position = term.position();
        this.backoff = Backoff.between(Duration.ofMillis(50), Duration.ofSeconds(2));
        this.thread = Thread.ofVirtual().name("weft-group-commit").start(this::run);
    }

    /**
     * Puts a change in the next commit.
     *
     * @return completes when the change is in the ledger and the listener knows; fails when it was
     *     rejected, fenced, or when this was closed
     */
    public CompletableFuture<Void> submit(LedgerChange change) {
        var waiting = new Waiting(change, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                waiting.written().cancel(false);
            } else {
                queue.add(waiting);
                woken.signal();
            }
        } finally {
            lock.unlock();
        }
        return waiting.written();
    }

    /** How many changes wait for the commit after the one that runs. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Writes nothing more; what waits is cancelled. Waits for a commit that runs. */
    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        lock.lock();
        try {
            closed = true;
            queue.forEach(waiting -> waiting.written().cancel(false));
            queue = new ArrayList<>();
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (var next = take(); !next.isEmpty(); next = take()) {
                write(next);
            }
        } catch (LedgerException.Fenced e) {
            LOG.warn("{}", e.getMessage());
            end();
            listener.fenced(e);
        } catch (InterruptedException _) {
            end();
        }
    }

    /** What waits, as soon as there is something; empty when closed. */
    private List<Waiting> take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                woken.await();
            }
            if (queue.size() <= MOST) {
                var all = queue;
                queue = new ArrayList<>();
                return all;
            }
            var first = List.copyOf(queue.subList(0, MOST));
            queue = new ArrayList<>(queue.subList(MOST, queue.size()));
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> changes) throws InterruptedException {
        try {
            commit(changes);
        } catch (LedgerException.Rejected e) {
            if (changes.size() == 1) {
                var only = changes.getFirst();
                LOG.error(
                        "{}: the ledger rejects the decision: {}",
                        only.change().port(),
                        e.getMessage());
                listener.rejected(only.change(), e);
                only.written().completeExceptionally(e);
                return;
            }
            // one of them is at fault: each by itself
            for (var one : changes) {
                write(List.of(one));
            }
        } catch (LedgerException.Fenced e) {
            changes.forEach(change -> change.written().completeExceptionally(e));
            throw e;
        }
    }

    private void commit(List<Waiting> changes) throws InterruptedException {
        var batch = new Batch(term, batches + 1, entries(changes));
        for (int failures = 1; ; failures++) {
            try {
                ledger.accept(batch);
                break;
            } catch (LedgerException e) {
                throw e;
            } catch (RuntimeException e) {
                var delay = backoff.delay(failures, RandomGenerator.getDefault());
                if (failures == 1 || failures % 20 == 0) {
                    LOG.warn(
                            "{} decisions wait for the ledger ({} attempts): {}",
                            changes.size(),
                            failures,
                            e.toString());
                }
                if (closedWithin(delay)) {
                    changes.forEach(change -> change.written().cancel(false));
                    throw new InterruptedException("closed");
                }
            }
        }
        batches = batch.number();
        position = batch.position();
        listener.written(batch);
        changes.forEach(change -> change.written().complete(null));
    }

    private List<Batch.Entry> entries(List<Waiting> changes) {
        var entries = new ArrayList<Batch.Entry>(changes.size());
        long next = position;
        for (var waiting : changes) {
            var change = waiting.change();
            var object =
                    switch (change) {
                        case LedgerChange.Begin begin -> encode.apply(begin.lease());
                        case LedgerChange.Amend amend -> encode.apply(amend.lease());
                        case LedgerChange.End _ -> null;
                    };
            entries.add(new Batch.Entry(change, new OutboxMessage(++next, change.port(), object)));
        }
        return entries;
    }

    private boolean closedWithin(Duration delay) throws InterruptedException {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (!closed && left > 0) {
                left = woken.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
