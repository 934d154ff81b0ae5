package dev.weft.lab;

import dev.weft.lab.kube.ClusterObjects;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The pods of a lab. */
public final class LabPods {
    private static final Duration TIME_TO_RUN = Duration.ofSeconds(90);

    private final Lab lab;

    LabPods(Lab lab) {
        this.lab = lab;
    }

    /** Creates a pod (and its namespace where it is missing) and returns when it runs. */
    public LabPod run(PodOrder order) {
        return create(order).awaitRunning(TIME_TO_RUN);
    }

    /** Creates pods at once and returns when all run. */
    public List<LabPod> run(List<PodOrder> orders) {
        return orders.stream().map(this::create).toList().stream()
                .map(pod -> pod.awaitRunning(TIME_TO_RUN))
                .toList();
    }

    /** Creates a pod (and its namespace where it is missing) and returns at once. */
    public LabPod create(PodOrder order) {
        new ClusterObjects(lab).ensureNamespaces(order.namespace());
        Pod created = lab.kube().resource(order.object()).create();
        return new LabPod(lab, created);
    }

    /** The pod of this name, if it is there. */
    public Optional<LabPod> find(String namespace, String name) {
        return Optional.ofNullable(lab.kube().pods().inNamespace(namespace).withName(name).get())
                .map(pod -> new LabPod(lab, pod));
    }

    /** All pods. */
    public List<LabPod> all() {
        return lab.kube().pods().inAnyNamespace().list().getItems().stream()
                .map(pod -> new LabPod(lab, pod))
                .toList();
    }

    /** The pods of a node. */
    public List<LabPod> on(String node) {
        return all().stream().filter(pod -> pod.node().equals(node)).toList();
    }

    /** Deletes pods at once and returns when their objects are gone. */
    public void delete(List<LabPod> pods) {
        pods.forEach(LabPod::requestDeletion);
        pods.forEach(LabPod::awaitGone);
    }
}
