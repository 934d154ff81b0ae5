package dev.weft.ovsdb.notation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link PersistentMap}. Its content is: key, value, key, value, …, child, child. Two
 * bitmaps tell which of the 32 next hash parts have an entry here and which have a child. Below the
 * last part of the hash, a node is just a list of entries with the same hash ({@code data} counts
 * them then).
 */
final class TrieNode {
    static final TrieNode EMPTY = new TrieNode(0, 0, new Object[0]);
    static final int BITS = 5;
    static final int HASH_END = 32;

    private final int data;
    private final int nodes;
    private final Object[] content;

    private TrieNode(int data, int nodes, Object[] content) {
        this.data = data;
        this.nodes = nodes;
        this.content = content;
    }

    static int spread(Object key) {
        var hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    int children() {
        return Integer.bitCount(nodes);
    }

    int entries() {
        return (content.length - children()) / 2;
    }

    Object key(int entry) {
        return content[2 * entry];
    }

    Object value(int entry) {
        return content[2 * entry + 1];
    }

    TrieNode child(int index) {
        return (TrieNode) content[2 * entries() + index];
    }

    /**
     * The hash parts with an entry or a child, as bits; not for lists of entries with the same
     * hash.
     */
    int occupied() {
        return data | nodes;
    }

    /** The key of the entry at a hash part; null where there is none or a child. */
    @Nullable Object keyAt(int bit) {
        return (data & bit) == 0 ? null : key(rank(data, bit));
    }

    /** What is below a hash part: a child, or a node made for the one entry there, or nothing. */
    TrieNode below(int bit, int shift) {
        if ((nodes & bit) != 0) {
            return child(rank(nodes, bit));
        }
        if ((data & bit) == 0) {
            return EMPTY;
        }
        var entry = rank(data, bit);
        return EMPTY.with(key(entry), value(entry), spread(key(entry)), shift + BITS);
    }

    private static int bit(int hash, int shift) {
        return 1 << (hash >>> shift & 31);
    }

    private static int rank(int map, int bit) {
        return Integer.bitCount(map & bit - 1);
    }

    @Nullable Object get(Object key, int hash, int shift) {
        if (shift >= HASH_END) {
            var found = collision(key);
            return found < 0 ? null : value(found);
        }
        var bit = bit(hash, shift);
        if ((data & bit) != 0) {
            var entry = rank(data, bit);
            return key(entry).equals(key) ? value(entry) : null;
        }
        return (nodes & bit) == 0 ? null : child(rank(nodes, bit)).get(key, hash, shift + BITS);
    }

    private int collision(Object key) {
        for (var i = 0; i < entries(); i++) {
            if (key(i).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    TrieNode with(Object key, Object value, int hash, int shift) {
        if (shift >= HASH_END) {
            var found = collision(key);
            return found >= 0 ? replaced(found, value) : inserted(data + 1, entries(), key, value);
        }
        var bit = bit(hash, shift);
        if ((nodes & bit) != 0) {
            var index = rank(nodes, bit);
            var child = child(index);
            var changed = child.with(key, value, hash, shift + BITS);
            return changed == child ? this : withChild(index, changed);
        }
        var entry = rank(data, bit);
        if ((data & bit) == 0) {
            return inserted(data | bit, entry, key, value);
        }
        if (key(entry).equals(key)) {
            return replaced(entry, value);
        }
        var below =
                EMPTY.with(key(entry), value(entry), spread(key(entry)), shift + BITS)
                        .with(key, value, hash, shift + BITS);
        return pushedDown(bit, entry, below);
    }

    TrieNode without(Object key, int hash, int shift) {
        if (shift >= HASH_END) {
            var found = collision(key);
            return found < 0 ? this : removed(data - 1, found);
        }
        var bit = bit(hash, shift);
        if ((data & bit) != 0) {
            var entry = rank(data, bit);
            return key(entry).equals(key) ? removed(data & ~bit, entry) : this;
        }
        if ((nodes & bit) == 0) {
            return this;
        }
        var index = rank(nodes, bit);
        var child = child(index);
        var changed = child.without(key, hash, shift + BITS);
        if (changed == child) {
            return this;
        }
        return changed.isSingleEntry() ? pulledUp(bit, index, changed) : withChild(index, changed);
    }

    private boolean isSingleEntry() {
        return nodes == 0 && content.length == 2;
    }

    private TrieNode replaced(int entry, Object value) {
        if (value(entry) == value) {
            return this;
        }
        var copy = content.clone();
        copy[2 * entry + 1] = value;
        return new TrieNode(data, nodes, copy);
    }

    private TrieNode withChild(int index, TrieNode child) {
        var copy = content.clone();
        copy[2 * entries() + index] = child;
        return new TrieNode(data, nodes, copy);
    }

    private TrieNode inserted(int newData, int entry, Object key, Object value) {
        var copy = new Object[content.length + 2];
        System.arraycopy(content, 0, copy, 0, 2 * entry);
        copy[2 * entry] = key;
        copy[2 * entry + 1] = value;
        System.arraycopy(content, 2 * entry, copy, 2 * entry + 2, content.length - 2 * entry);
        return new TrieNode(newData, nodes, copy);
    }

    private TrieNode removed(int newData, int entry) {
        var copy = Arrays.copyOf(content, content.length - 2);
        System.arraycopy(content, 2 * entry + 2, copy, 2 * entry, content.length - 2 * entry - 2);
        return new TrieNode(newData, nodes, copy);
    }

    /** This node with an entry replaced by a child that holds it. */
    private TrieNode pushedDown(int bit, int entry, TrieNode child) {
        var rest = removed(data & ~bit, entry);
        var at = 2 * rest.entries() + rank(nodes, bit);
        var copy = new Object[rest.content.length + 1];
        System.arraycopy(rest.content, 0, copy, 0, at);
        copy[at] = child;
        System.arraycopy(rest.content, at, copy, at + 1, rest.content.length - at);
        return new TrieNode(rest.data, nodes | bit, copy);
    }

    /** This node with a child replaced by the only entry that it holds. */
    private TrieNode pulledUp(int bit, int index, TrieNode child) {
        var at = 2 * entries() + index;
        var copy = new Object[content.length - 1];
        System.arraycopy(content, 0, copy, 0, at);
        System.arraycopy(content, at + 1, copy, at, content.length - at - 1);
        return new TrieNode(data, nodes & ~bit, copy)
                .inserted(data | bit, rank(data, bit), child.key(0), child.value(0));
    }
}
