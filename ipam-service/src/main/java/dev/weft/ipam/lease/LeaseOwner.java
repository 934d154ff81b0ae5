package dev.weft.ipam.lease;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a lease: one life of a pod, a node or a Vip.
 *
 * @param kind what it is
 * @param namespace the pod's namespace, null for what has none
 * @param name the name by which it holds addresses: the object's, or that of the virtual machine
 *     that a pod is of
 * @param uid the object's UID: the same name with another UID is another owner; empty while nobody
 *     of the name lives and the address is kept for the next one
 */
public record LeaseOwner(Kind kind, @Nullable String namespace, String name, String uid) {

    /** What can hold a lease. */
    public enum Kind {
        POD("Pod"),
        NODE("Node"),
        VIP("Vip");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The kind as Kubernetes writes it. */
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

    /** The owner of that name while none of it lives. */
    public static LeaseOwner absent(OwnerKey key) {
        return new LeaseOwner(
                key.kind(), key.namespace().isEmpty() ? null : key.namespace(), key.name(), "");
    }

    /** Whether there is one; else the address waits for the next of the name. */
    public boolean isPresent() {
        return !uid.isEmpty();
    }

    /** The same object or one of the same name before or after it. */
    public boolean isNamesakeOf(LeaseOwner other) {
        return key().equals(other.key());
    }

    /** The object, whichever life of it. */
    public OwnerKey key() {
        return new OwnerKey(kind, namespace == null ? name : namespace + "/" + name);
    }

    /** {@code Pod shop/web-0} or {@code Node n1}. */
    @Override
    public String toString() {
        return key().toString();
    }
}
