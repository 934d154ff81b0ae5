package dev.weft.lab.runner;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be done next about a pod. */
sealed interface PodAction {
    /** Give the pod to a node. */
    record Bind(Pod pod) implements PodAction {}

    /** Make namespace and interface. */
    record SetUp(Pod pod) implements PodAction {}

    /** Say that it runs, and where. */
    record ReportRunning(Pod pod, Sandbox sandbox) implements PodAction {}

    /** Say that a pod on the node's own network runs. */
    record ReportHostNetwork(Pod pod) implements PodAction {}

    /** Take interface and namespace away, and the object too where it still is. */
    record TearDown(@Nullable Sandbox sandbox, boolean objectToo) implements PodAction {}

    /** All is as it should be. */
    record Nothing() implements PodAction {}

    /**
     * Decides from what is wanted and what is there; no clock, no I/O.
     *
     * @param pod the object as it is now; nothing when it is gone, or another pod has its name
     * @param sandbox what was made for it
     */
    static PodAction decide(Optional<Pod> pod, Optional<Sandbox> sandbox) {
        if (pod.isEmpty()) {
            return sandbox.<PodAction>map(made -> new TearDown(made, false)).orElse(new Nothing());
        }
        Pod object = pod.get();
        boolean scheduled =
                object.getSpec().getNodeName() != null && !object.getSpec().getNodeName().isEmpty();
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return new TearDown(sandbox.orElse(null), scheduled);
        }
        if (finished(object)) {
            return sandbox.<PodAction>map(made -> new TearDown(made, false)).orElse(new Nothing());
        }
        if (!scheduled) {
            return new Bind(object);
        }
        if (Boolean.TRUE.equals(object.getSpec().getHostNetwork())) {
            return running(object) ? new Nothing() : new ReportHostNetwork(object);
        }
        if (sandbox.isEmpty() || !sandbox.get().ready()) {
            return new SetUp(object);
        }
        return running(object) ? new Nothing() : new ReportRunning(object, sandbox.get());
    }

    private static boolean finished(Pod pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static boolean running(Pod pod) {
        return phase(pod).equals("Running");
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? ""
                : pod.getStatus().getPhase();
    }
}
