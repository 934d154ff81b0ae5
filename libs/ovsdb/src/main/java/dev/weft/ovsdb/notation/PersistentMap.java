package dev.weft.ovsdb.notation;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copies share all but a few small nodes with the original (a
 * compressed hash-array mapped prefix trie). So a reader keeps a state of a replica for as long as
 * it likes while the next ones are made, and adding a member to a set of 10,000 costs no copy of
 * it.
 */
public final class PersistentMap<K, V> extends AbstractMap<K, V> {
    private static final PersistentMap<Object, Object> EMPTY =
            new PersistentMap<>(TrieNode.EMPTY, 0);

    private final TrieNode root;
    private final int size;

    private PersistentMap(TrieNode root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // it holds nothing
    public static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    /** This map with the key bound to the value. */
    public PersistentMap<K, V> with(K key, V value) {
        var changed = root.with(key, value, TrieNode.spread(key), 0);
        return changed == root
                ? this
                : new PersistentMap<>(changed, size + (containsKey(key) ? 0 : 1));
    }

    /** This map without the key. */
    public PersistentMap<K, V> without(Object key) {
        var changed = root.without(key, TrieNode.spread(key), 0);
        if (changed == root) {
            return this;
        }
        return size == 1 ? empty() : new PersistentMap<>(changed, size - 1);
    }

    /**
     * Tells the keys that only one of two maps has. What they share is not looked at: between a map
     * and a changed copy of it that is all but a few nodes.
     */
    @SuppressWarnings("unchecked") // only with() puts keys in
    static <K> void differentKeys(
            PersistentMap<K, ?> some,
            PersistentMap<K, ?> other,
            Consumer<? super K> onlySome,
            Consumer<? super K> onlyOther) {
        new TrieDifference(key -> onlySome.accept((K) key), key -> onlyOther.accept((K) key))
                .compare(some.root, other.root, 0);
    }

    @Override
    @SuppressWarnings("unchecked") // only with() puts values in
    public @Nullable V get(@Nullable Object key) {
        return key == null ? null : (V) root.get(key, TrieNode.spread(key), 0);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                return new EntryIterator<>(root);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static final class EntryIterator<K, V> implements Iterator<Entry<K, V>> {
        private final Deque<TrieNode> open = new ArrayDeque<>();
        private @Nullable TrieNode current;
        private int next;

        private EntryIterator(TrieNode root) {
            open.push(root);
            advance();
        }

        /** Moves to the next node that holds entries, unless the current one has more. */
        private void advance() {
            while (current == null || next >= current.entries()) {
                current = open.poll();
                next = 0;
                if (current == null) {
                    return;
                }
                for (var i = 0; i < current.children(); i++) {
                    open.push(current.child(i));
                }
            }
        }

        @Override
        public boolean hasNext() {
            return current != null;
        }

        @Override
        @SuppressWarnings("unchecked") // only with() puts entries in
        public Entry<K, V> next() {
            if (current == null) {
                throw new NoSuchElementException();
            }
            var entry = (Entry<K, V>) Map.entry(current.key(next), current.value(next));
            next++;
            advance();
            return entry;
        }
    }
}
