package dev.weft.lab;

import dev.weft.lab.LabState.PodMode;
import java.util.Arrays;

/**
 * What a new lab is to have.
 *
 * @param nodes how many nodes, n1, n2, …
 * @param kube which Kubernetes API
 * @param services whether our services, daemons and the pod runner are started, or only what is not
 *     ours
 * @param pods who runs the pods; real kubelets need a real Kubernetes API
 */
public record LabSpec(int nodes, Kube kube, boolean services, PodMode pods) {
    /** Two nodes, and a real Kubernetes API where one is found. */
    public static final LabSpec DEFAULT = new LabSpec(2, Kube.AUTO, true, PodMode.RUNNER);

    private static final int MOST_NODES = 200;

    /** As given, with the lab's own runner for the pods. */
    public LabSpec(int nodes, Kube kube, boolean services) {
        this(nodes, kube, services, PodMode.RUNNER);
    }

    public LabSpec {
        if (pods == PodMode.KUBELET && kube == Kube.EMBEDDED) {
            throw new IllegalArgumentException(
                    "kube embedded: real kubelets need a real Kubernetes API");
        }
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
        EMBEDDED;

        /** The system property by which a build chooses for its tests. */
        public static final String PROPERTY = "weft.kube";

        /**
         * What {@link #PROPERTY} says, {@code auto} when it says nothing.
         *
         * @throws IllegalArgumentException when it says anything else
         */
        public static Kube ofTests() {
            String said = System.getProperty(PROPERTY, "auto");
            return Arrays.stream(values())
                    .filter(kube -> kube.name().equalsIgnoreCase(said))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            PROPERTY
                                                    + " '"
                                                    + said
                                                    + "': auto, real or embedded is allowed"));
        }
    }

    /** The same with another number of nodes. */
    public LabSpec withNodes(int count) {
        return new LabSpec(count, kube, services, pods);
    }
}
