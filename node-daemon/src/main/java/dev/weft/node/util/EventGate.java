package dev.weft.node.util;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where threads wait until something that they look for is there. Whoever changes the state of a
 * key calls {@link #signal}; a waiting thread then looks again. A signal is never missed: a waiter
 * registers before its first look.
 *
 * @param <K> key of what is waited for
 */
public final class EventGate<K> {
    private final ConcurrentHashMap<K, Set<Semaphore>> waiting = new ConcurrentHashMap<>();

    /** The state of this key may have changed. */
    public void signal(K key) {
        waiting.getOrDefault(key, Set.of()).forEach(Semaphore::release);
    }

    /** The state of every key may have changed. */
    public void signalAll() {
        waiting.values().forEach(all -> all.forEach(Semaphore::release));
    }

    /**
     * Looks until there is something, or the time is over.
     *
     * @param look called at once and after every signal; cheap, since several signals may come for
     *     one change
     * @param cancellation ends the wait early
     * @return empty when the time is over
     * @throws Cancellation.CancelledException when cancelled
     */
    public <T> Optional<T> await(
            K key, Supplier<Optional<T>> look, Duration atMost, Cancellation cancellation) {
        var wakeUp = new Semaphore(0);
        long end = System.nanoTime() + atMost.toNanos();
        waiting.compute(
                key,
                (_, before) -> {
                    Set<Semaphore> all = before == null ? ConcurrentHashMap.newKeySet() : before;
                    all.add(wakeUp);
                    return all;
                });
        try (var _ = cancellation.onCancel(wakeUp::release)) {
            while (true) {
                wakeUp.drainPermits();
                cancellation.check();
                Optional<T> found = look.get();
                long left = end - System.nanoTime();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                if (!wakeUp.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return look.get();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Cancellation.CancelledException("the daemon is stopping");
        } finally {
            waiting.computeIfPresent(
                    key,
                    (_, all) -> {
                        all.remove(wakeUp);
                        return all.isEmpty() ? null : all;
                    });
        }
    }

    /** Number of keys that somebody waits for. */
    public int size() {
        return waiting.size();
    }
}
