package dev.weft.kube;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane needs to know of a pod.
 *
 * @param nodeName empty until it is scheduled
 * @param phase {@code Pending}, {@code Running}, {@code Succeeded}, {@code Failed} or {@code
 *     Unknown}
 * @param deleting whether deletion was asked for
 * @param annotations only those that {@link Annotations#concerns concern} the fabric
 * @param ownerKind kind of the controlling owner, such as {@code StatefulSet}; empty when there is
 *     none
 * @param serviceAccount as whom its containers speak to the API
 */
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodView(
        String namespace,
        String name,
        String uid,
        @Nullable String nodeName,
        boolean hostNetwork,
        String phase,
        boolean deleting,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable String ownerKind,
        @Nullable String ownerName,
        @Nullable String ownerUid,
        @Nullable String serviceAccount,
        List<String> podIps,
        String resourceVersion) {

    public PodView {
        namespace = Compact.shared(namespace);
        nodeName = Compact.sharedOrNull(nodeName);
        phase = Compact.shared(phase);
        labels = Compact.labels(labels);
        annotations = Compact.annotations(annotations);
        ownerKind = Compact.sharedOrNull(ownerKind);
        ownerName = Compact.sharedOrNull(ownerName);
        ownerUid = Compact.sharedOrNull(ownerUid);
        serviceAccount = Compact.sharedOrNull(serviceAccount);
        podIps = Compact.list(podIps);
        uid = Compact.orEmpty(uid);
        resourceVersion = Compact.orEmpty(resourceVersion);
    }

    /** The view of a pod. */
    public static PodView of(Pod pod) {
        var meta = pod.getMetadata();
        var spec = pod.getSpec();
        var status = pod.getStatus();
        var owner =
                meta.getOwnerReferences().stream()
                        .filter(o -> Boolean.TRUE.equals(o.getController()))
                        .findFirst();
        return new PodView(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                spec == null ? null : spec.getNodeName(),
                spec != null && Boolean.TRUE.equals(spec.getHostNetwork()),
                status == null || status.getPhase() == null ? "Pending" : status.getPhase(),
                meta.getDeletionTimestamp() != null,
                meta.getLabels(),
                meta.getAnnotations(),
                owner.map(OwnerReference::getKind).orElse(null),
                owner.map(OwnerReference::getName).orElse(null),
                owner.map(OwnerReference::getUid).orElse(null),
                spec == null ? null : spec.getServiceAccountName(),
                status == null ? List.of() : status.getPodIPs().stream().map(PodIP::getIp).toList(),
                meta.getResourceVersion());
    }

    /** {@code <namespace>/<name>}, the key of the pod in feeds and queues. */
    public String key() {
        return namespace + "/" + name;
    }

    /** Whether all its containers have ended for good, so that its address is free. */
    @JsonIgnore
    public boolean isFinished() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Name of the logical port of its primary interface. */
    public String portName() {
        return Names.portName(namespace, name);
    }
}
