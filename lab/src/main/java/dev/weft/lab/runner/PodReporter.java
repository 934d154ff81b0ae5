package dev.weft.lab.runner;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes to pods what kubelet would: their status, and at last their end. */
final class PodReporter {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient kube;
    private final Function<String, String> nodeAddress;
    private final Map<String, String> lastWaiting = new ConcurrentHashMap<>();

    /**
     * @param nodeAddress the underlay address of a node
     */
    PodReporter(KubernetesClient kube, Function<String, String> nodeAddress) {
        this.kube = kube;
        this.nodeAddress = nodeAddress;
    }

    void running(Pod pod, List<String> addresses) {
        lastWaiting.remove(pod.getMetadata().getUid());
        write(
                pod,
                status(
                                pod,
                                "Running",
                                "True",
                                null,
                                null,
                                pod.getSpec().getContainers().stream()
                                        .map(
                                                container ->
                                                        new ContainerStatusBuilder()
                                                                .withName(container.getName())
                                                                .withImage(container.getImage())
                                                                .withImageID("")
                                                                .withContainerID(
                                                                        "weft://"
                                                                                + pod.getMetadata()
                                                                                        .getUid()
                                                                                        .replace(
                                                                                                "-",
                                                                                                ""))
                                                                .withReady(true)
                                                                .withStarted(true)
                                                                .withRestartCount(0)
                                                                .withNewState()
                                                                .withNewRunning(now())
                                                                .endState()
                                                                .build())
                                        .toList())
                        .withPodIP(addresses.isEmpty() ? null : addresses.getFirst())
                        .withPodIPs(addresses.stream().map(PodIP::new).toList())
                        .build());
    }

    void runningOnHost(Pod pod) {
        running(pod, List.of(nodeAddress.apply(pod.getSpec().getNodeName())));
    }

    /** Notes why the pod does not start; a repeated reason is not written again. */
    void waiting(Pod pod, String reason) {
        if (reason.equals(lastWaiting.put(pod.getMetadata().getUid(), reason))) {
            return;
        }
        write(
                pod,
                status(
                                pod,
                                "Pending",
                                "False",
                                "NetworkNotReady",
                                reason,
                                pod.getSpec().getContainers().stream()
                                        .map(
                                                container ->
                                                        new ContainerStatusBuilder()
                                                                .withName(container.getName())
                                                                .withImage(container.getImage())
                                                                .withImageID("")
                                                                .withReady(false)
                                                                .withRestartCount(0)
                                                                .withNewState()
                                                                .withNewWaiting(
                                                                        reason, "ContainerCreating")
                                                                .endState()
                                                                .build())
                                        .toList())
                        .build());
    }

    /**
     * The pod is gone from its node: its object may go. Never one that has taken its name since:
     * the runner may know of that one later than it asks.
     */
    void gone(PodKey pod) {
        lastWaiting.remove(pod.uid());
        DeleteOptions options =
                new DeleteOptionsBuilder()
                        .withApiVersion("v1")
                        .withKind("DeleteOptions")
                        .withGracePeriodSeconds(0L)
                        .withNewPreconditions()
                        .withUid(pod.uid())
                        .endPreconditions()
                        .build();
        String path = "/api/v1/namespaces/%s/pods/%s".formatted(pod.namespace(), pod.name());
        try {
            kube.raw(path, "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    private PodStatusBuilder status(
            Pod pod,
            String phase,
            String ready,
            @Nullable String reason,
            @Nullable String message,
            List<ContainerStatus> containers) {
        return new PodStatusBuilder()
                .withPhase(phase)
                .withHostIP(nodeAddress.apply(pod.getSpec().getNodeName()))
                .withStartTime(pod.getMetadata().getCreationTimestamp())
                .withConditions(
                        condition("PodScheduled", "True", null, null),
                        condition("Initialized", "True", null, null),
                        condition("ContainersReady", ready, reason, message),
                        condition("Ready", ready, reason, message))
                .withContainerStatuses(containers);
    }

    private static PodCondition condition(
            String type, String status, @Nullable String reason, @Nullable String message) {
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(now())
                .build();
    }

    private void write(Pod pod, PodStatus status) {
        try {
            // without resourceVersion: annotations may change meanwhile, and status is the runner's
            // alone
            Pod changed =
                    new PodBuilder(pod)
                            .editMetadata()
                            .withResourceVersion(null)
                            .withManagedFields()
                            .endMetadata()
                            .withStatus(status)
                            .build();
            kube.resource(changed).patchStatus();
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
