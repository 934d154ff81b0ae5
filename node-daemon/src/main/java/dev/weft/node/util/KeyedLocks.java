package dev.weft.node.util;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock for each key that is in use.
 *
 * @param <K> key
 */
public final class KeyedLocks<K> {
    private static final class Entry {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }

    private final ConcurrentHashMap<K, Entry> entries = new ConcurrentHashMap<>();

    /** A lock that is held until closed. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the key's lock; first come, first served. */
    public Held lock(K key) {
        Entry entry =
                entries.compute(
                        key,
                        (_, before) -> {
                            Entry now = before == null ? new Entry() : before;
                            now.users++;
                            return now;
                        });
        entry.lock.lock();
        return () -> {
            entry.lock.unlock();
            entries.computeIfPresent(key, (_, now) -> --now.users == 0 ? null : now);
        };
    }

    /** Number of keys in use. */
    public int size() {
        return entries.size();
    }
}
