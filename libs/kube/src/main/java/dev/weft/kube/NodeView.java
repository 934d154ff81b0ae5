package dev.weft.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.List;
import java.util.Map;

/**
 * What the control plane needs to know of a node.
 *
 * @param annotations only those that {@link Annotations#concerns concern} the fabric
 * @param internalAddresses its addresses of type {@code InternalIP}, as text
 * @param ready whether its condition {@code Ready} holds
 */
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeView(
        String name,
        String uid,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<String> internalAddresses,
        boolean ready,
        boolean deleting,
        String resourceVersion) {

    public NodeView {
        name = Compact.shared(name);
        labels = Compact.labels(labels);
        annotations = Compact.annotations(annotations);
        internalAddresses = Compact.list(internalAddresses);
        uid = Compact.orEmpty(uid);
        resourceVersion = Compact.orEmpty(resourceVersion);
    }

    /** The view of a node. */
    public static NodeView of(Node node) {
        var meta = node.getMetadata();
        var status = node.getStatus();
        return new NodeView(
                meta.getName(),
                meta.getUid(),
                meta.getLabels(),
                meta.getAnnotations(),
                status == null
                        ? List.of()
                        : status.getAddresses().stream()
                                .filter(a -> "InternalIP".equals(a.getType()))
                                .map(NodeAddress::getAddress)
                                .toList(),
                status != null
                        && status.getConditions().stream()
                                .anyMatch(
                                        c ->
                                                "Ready".equals(c.getType())
                                                        && "True".equals(c.getStatus())),
                meta.getDeletionTimestamp() != null,
                meta.getResourceVersion());
    }

    /** The name, the key of the node in feeds and queues. */
    public String key() {
        return name;
    }

    /** Name of its logical port on the join switch. */
    public String portName() {
        return Names.nodePortName(name);
    }
}
