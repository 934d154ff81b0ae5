package dev.weft.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyed queue between "something changed" and "it is as it should be". A key runs once at a
 * time; submitting it again while it waits is one run, while it runs one run more. Keys run on
 * virtual threads, at most {@code parallelism} at once. A failed key comes again with back-off; a
 * submit does not wait for that.
 *
 * <p>Metrics, tagged with the loop's name: {@code weft.reconcile.queue.depth}, {@code
 * weft.reconcile.queue.age} (seconds of the oldest waiting key), {@code weft.reconcile.failing}
 * (keys whose last run failed), {@code weft.reconcile.wait} and {@code weft.reconcile.time} (tag
 * {@code outcome}).
 */
public final class ReconcileLoop<K> implements AutoCloseable {
    /** How many failed keys one that gets through wakes: a wave where all can, few where not. */
    private static final int WOKEN = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

    private final LoopOptions options;
    private final Reconciler<K> reconciler;
    private final LoopMetrics metrics;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Key → when it was put in the queue. */
    private final LinkedHashMap<K, Instant> queue = new LinkedHashMap<>();

    private final Set<K> running = new HashSet<>();
    private final Map<K, Later> alarms = new HashMap<>();
    private final Map<K, Failure<K>> failures = new HashMap<>();

    /** Keys that sit out the back-off of a failure, those that wait longest first. */
    private final Set<K> sittingOut = new LinkedHashSet<>();

    private final Set<Thread> workers = new HashSet<>();
    private boolean stopped;

    private record Later(Instant due, Timers.Alarm alarm) {}

    /**
     * A key whose last run failed.
     *
     * @param times failures in a row
     * @param reason the last one's
     */
    public record Failure<K>(K key, int times, String reason, Instant since) {}

    /**
     * How the loop stands.
     *
     * @param queued keys that wait to run
     * @param running keys that run
     * @param later keys that come again at a set time
     * @param failures keys whose last run failed
     */
    public record Status<K>(
            String name, int queued, int running, int later, List<Failure<K>> failures) {
        /** Nothing runs and nothing waits to run. */
        public boolean idle() {
            return queued == 0 && running == 0;
        }
    }

    /** A loop that runs at once. */
    public ReconcileLoop(LoopOptions options, Reconciler<K> reconciler) {
        this.options = options;
        this.reconciler = reconciler;
        this.metrics = new LoopMetrics(options.name(), options.registry());
        metrics.gauge("weft.reconcile.queue.depth", this, loop -> loop.status().queued());
        metrics.gauge("weft.reconcile.queue.age", this, ReconcileLoop::oldestSeconds);
        metrics.gauge("weft.reconcile.failing", this, loop -> loop.status().failures().size());
    }

    /** The key should be looked at. Never blocks. Ignored after {@link #stop}. */
    public void submit(K key) {
        lock.lock();
        try {
            if (stopped) return;
            cancelAlarm(key);
            queue.putIfAbsent(key, options.timers().now());
            startWorker();
        } finally {
            lock.unlock();
        }
    }

    /** The key should be looked at after the delay, unless it is sooner for another reason. */
    public void submitAfter(K key, Duration delay) {
        lock.lock();
        try {
            if (stopped || queue.containsKey(key)) return;
            later(key, delay);
        } finally {
            lock.unlock();
        }
    }

    /** How the loop stands. */
    public Status<K> status() {
        lock.lock();
        try {
            return new Status<>(
                    options.name(),
                    queue.size(),
                    running.size(),
                    alarms.size(),
                    List.copyOf(failures.values()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing runs and nothing waits to run; keys that come again at a set time do not
     * count.
     *
     * @return false when it was not so in time
     */
    public boolean awaitIdle(Duration within) throws InterruptedException {
        lock.lock();
        try {
            return awaitNone(within, true);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no new key, forgets the waiting ones, and waits for the running ones; those that are
     * not done in time are interrupted.
     *
     * @return whether all ended by themselves
     */
    public boolean stop(Duration within) throws InterruptedException {
        lock.lock();
        try {
            stopped = true;
            queue.clear();
            alarms.values().forEach(later -> later.alarm().cancel());
            alarms.clear();
            sittingOut.clear();
            if (awaitNone(within, false)) return true;
            LOG.warn(
                    "{}: {} keys still run after {}, interrupting them: {}",
                    options.name(),
                    running.size(),
                    within,
                    running);
            workers.forEach(Thread::interrupt);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** {@link #stop} with 5 seconds for the running keys. */
    @Override
    public void close() {
        try {
            stop(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitNone(Duration within, boolean alsoQueued) throws InterruptedException {
        var left = within.toNanos();
        while (!running.isEmpty() || (alsoQueued && !queue.isEmpty())) {
            if (left <= 0) return false;
            left = changed.awaitNanos(left);
        }
        return true;
    }

    private void startWorker() {
        if (workers.size() >= options.parallelism() || nextRunnable() == null) return;
        var worker = Thread.ofVirtual().name("weft-" + options.name()).unstarted(this::work);
        workers.add(worker);
        worker.start();
    }

    private void work() {
        while (true) {
            K key;
            lock.lock();
            try {
                key = nextRunnable();
                if (key == null) {
                    workers.remove(Thread.currentThread());
                    return;
                }
                var since = queue.remove(key);
                running.add(key);
                startWorker();
                metrics.waited(Duration.between(since, options.timers().now()));
            } finally {
                lock.unlock();
            }
            var outcome = run(key);
            lock.lock();
            try {
                running.remove(key);
                if (!stopped) settle(key, outcome);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The first waiting key that does not run; a key that runs keeps its place. */
    private @Nullable K nextRunnable() {
        for (var key : queue.keySet()) {
            if (!running.contains(key)) return key;
        }
        return null;
    }

    private Outcome run(K key) {
        var began = System.nanoTime();
        Outcome outcome;
        try {
            outcome = reconciler.reconcile(key);
        } catch (Exception | Error e) {
            outcome = Outcome.failed(e);
        }
        // an interruption was for this key, not for the next one of this thread
        Thread.interrupted();
        metrics.ran(Duration.ofNanos(System.nanoTime() - began), outcome);
        return outcome;
    }

    private void settle(K key, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done() -> {
                if (failures.remove(key) != null) {
                    // what was away is often the same for all, and it is back; if so, each of
                    // these wakes as many again
                    sittingOut.stream().limit(WOKEN).toList().forEach(this::submit);
                }
            }
            case Outcome.RetryAfter(var delay) -> {
                failures.remove(key);
                if (!queue.containsKey(key)) later(key, delay);
            }
            case Outcome.Failed(var reason, var cause) -> {
                var former = failures.get(key);
                var now = options.timers().now();
                var failure =
                        new Failure<>(
                                key,
                                former == null ? 1 : former.times() + 1,
                                reason,
                                former == null ? now : former.since());
                failures.put(key, failure);
                var delay = options.backoff().delay(failure.times(), options.random());
                if (!queue.containsKey(key)) {
                    later(key, delay);
                    sittingOut.add(key);
                }
                report(failure, cause, delay);
            }
        }
    }

    /** The first failure of a key with its stack, repetitions in one line. */
    private void report(Failure<K> failure, @Nullable Throwable cause, Duration delay) {
        if (failure.times() == 1 && cause != null) {
            LOG.warn(
                    "{}: {} failed, again in {} ms",
                    options.name(),
                    failure.key(),
                    delay.toMillis(),
                    cause);
        } else {
            LOG.warn(
                    "{}: {} failed {} times, again in {} ms: {}",
                    options.name(),
                    failure.key(),
                    failure.times(),
                    delay.toMillis(),
                    failure.reason());
        }
    }

    /** The key comes again after the delay, or sooner when it does so already. */
    private void later(K key, Duration delay) {
        var due = options.timers().now().plus(delay);
        var sooner = alarms.get(key);
        if (sooner != null && !sooner.due().isAfter(due)) return;
        cancelAlarm(key);
        alarms.put(key, new Later(due, options.timers().after(delay, () -> submit(key))));
    }

    private void cancelAlarm(K key) {
        sittingOut.remove(key);
        var later = alarms.remove(key);
        if (later != null) later.alarm().cancel();
    }

    private double oldestSeconds() {
        lock.lock();
        try {
            if (queue.isEmpty()) return 0;
            return Duration.between(queue.firstEntry().getValue(), options.timers().now())
                            .toMillis()
                    / 1000.0;
        } finally {
            lock.unlock();
        }
    }
}
