package dev.weft.lab;

/**
 * What a new lab is to have.
 *
 * @param nodes how many nodes, n1, n2, …
 * @param kube which Kubernetes API
 * @param services whether our services, daemons and the pod runner are started, or only what is not
 *     ours
 */
public record LabSpec(int nodes, Kube kube, boolean services) {
    /** Two nodes, and a real Kubernetes API where one is found. */
    public static final LabSpec DEFAULT = new LabSpec(2, Kube.AUTO, true);

    private static final int MOST_NODES = 200;

    public LabSpec {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "nodes " + nodes + ": 1 to " + MOST_NODES + " are allowed");
        }
    }

    /** Which Kubernetes API a lab is to have. */
    public enum Kube {
        /** A real one where its binaries are found. */
        AUTO,
        /** A real one; an error when its binaries are not found. */
        REAL,
        /** The embedded one. */
        EMBEDDED
    }

    /** The same with another number of nodes. */
    public LabSpec withNodes(int count) {
        return new LabSpec(count, kube, services);
    }
}
