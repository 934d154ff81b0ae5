package dev.weft.ipam.lease;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a lease: one life of a pod or a node.
 *
 * @param kind what it is
 * @param namespace the pod's namespace, null for a node
 * @param name the object's name
 * @param uid the object's UID: the same name with another UID is another owner
 */
public record LeaseOwner(Kind kind, @Nullable String namespace, String name, String uid) {

    /** What can hold a lease. */
    public enum Kind {
        POD("Pod"),
        NODE("Node");

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
            return word.equals(NODE.word) ? NODE : POD;
        }
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
