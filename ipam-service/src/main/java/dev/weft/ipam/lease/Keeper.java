package dev.weft.ipam.lease;

/**
 * What keeps an address for its owner's name when the owner itself is gone, so that the next one of
 * the name gets it again.
 *
 * @param name of the object: in the owner's namespace, or cluster-wide for an {@code IP}
 * @param uid of the object: another one of the same name keeps nothing of this one's
 */
public record Keeper(Kind kind, String name, String uid) {

    /** What can keep an address. */
    public enum Kind {
        /** As long as the pod's ordinal is one of the set's. */
        STATEFUL_SET("StatefulSet"),
        /** As long as the KubeVirt machine exists, running or not. */
        VIRTUAL_MACHINE("VirtualMachine"),
        /** As long as the {@code IP} object that a user made exists. */
        RESERVATION("IP");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The kind as Kubernetes writes it; {@code podType} of an {@code IP} object. */
        public String word() {
            return word;
        }

        /** The kind of that word. */
        public static Kind of(String word) {
            for (var kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(word);
        }
    }
}
