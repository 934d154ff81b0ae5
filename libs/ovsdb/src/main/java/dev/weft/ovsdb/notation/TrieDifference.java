package dev.weft.ovsdb.notation;

import java.util.function.Consumer;

/** Compares two tries and skips the nodes that they share. */
record TrieDifference(Consumer<Object> onlySome, Consumer<Object> onlyOther) {
    void compare(TrieNode some, TrieNode other, int shift) {
        if (some == other) {
            return;
        }
        if (shift >= TrieNode.HASH_END) {
            missing(some, other, onlySome);
            missing(other, some, onlyOther);
            return;
        }
        for (var left = some.occupied() | other.occupied(); left != 0; left &= left - 1) {
            var bit = Integer.lowestOneBit(left);
            var key = some.keyAt(bit);
            if (key == null || !key.equals(other.keyAt(bit))) {
                compare(some.below(bit, shift), other.below(bit, shift), shift + TrieNode.BITS);
            }
        }
    }

    /** Of two lists of entries with the same hash, the keys that only the first has. */
    private static void missing(TrieNode from, TrieNode in, Consumer<Object> tell) {
        for (var i = 0; i < from.entries(); i++) {
            var key = from.key(i);
            if (in.get(key, 0, TrieNode.HASH_END) == null) {
                tell.accept(key);
            }
        }
    }
}
