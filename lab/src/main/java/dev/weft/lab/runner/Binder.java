package dev.weft.lab.runner;

import dev.weft.bus.Outcome;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What the scheduler does: gives pods to nodes in turn, as far as their {@code nodeSelector}
 * allows.
 */
final class Binder {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient kube;
    private final boolean binds;
    private final Supplier<List<Node>> nodes;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param binds whether the API server acts on a Binding, as a real one does; the embedded one
     *     only keeps it
     */
    Binder(KubernetesClient kube, boolean binds, Supplier<List<Node>> nodes) {
        this.kube = kube;
        this.binds = binds;
        this.nodes = nodes;
    }

    Outcome bind(Pod pod) {
        List<String> fitting =
                nodes.get().stream()
                        .filter(node -> fits(pod, node))
                        .map(node -> node.getMetadata().getName())
                        .sorted(Comparator.naturalOrder())
                        .toList();
        if (fitting.isEmpty()) {
            return Outcome.failed(
                    "no node fits the pod's nodeSelector " + pod.getSpec().getNodeSelector());
        }
        String node = fitting.get(Math.floorMod(turn.getAndIncrement(), fitting.size()));
        try {
            if (binds) {
                createBinding(pod, node);
            } else {
                setNode(pod, node);
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT && e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
        return Outcome.done();
    }

    private void createBinding(Pod pod, String node) {
        kube.bindings()
                .inNamespace(pod.getMetadata().getNamespace())
                .resource(
                        new BindingBuilder()
                                .withNewMetadata()
                                .withName(pod.getMetadata().getName())
                                .endMetadata()
                                .withNewTarget()
                                .withApiVersion("v1")
                                .withKind("Node")
                                .withName(node)
                                .endTarget()
                                .build())
                .create();
    }

    private void setNode(Pod pod, String node) {
        kube.resource(pod)
                .edit(
                        object ->
                                new PodBuilder(object)
                                        .editSpec()
                                        .withNodeName(node)
                                        .endSpec()
                                        .build());
    }

    private static boolean fits(Pod pod, Node node) {
        Map<String, String> wanted = pod.getSpec().getNodeSelector();
        Map<String, String> labels = node.getMetadata().getLabels();
        boolean schedulable =
                !Boolean.TRUE.equals(
                        node.getSpec() == null ? null : node.getSpec().getUnschedulable());
        return schedulable
                && (wanted == null
                        || wanted.entrySet().stream()
                                .allMatch(
                                        entry ->
                                                labels != null
                                                        && entry.getValue()
                                                                .equals(
                                                                        labels.get(
                                                                                entry.getKey()))));
    }
}
