package dev.weft.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;

/**
 * What the control plane needs to know of a namespace.
 *
 * @param annotations only those that {@link Annotations#concerns concern} the fabric
 */
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NamespaceView(
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean deleting,
        String resourceVersion) {

    public NamespaceView {
        name = Compact.shared(name);
        labels = Compact.labels(labels);
        annotations = Compact.annotations(annotations);
        resourceVersion = Compact.orEmpty(resourceVersion);
    }

    /** The view of a namespace. */
    public static NamespaceView of(Namespace namespace) {
        var meta = namespace.getMetadata();
        return new NamespaceView(
                meta.getName(),
                meta.getLabels(),
                meta.getAnnotations(),
                meta.getDeletionTimestamp() != null,
                meta.getResourceVersion());
    }

    /** The name, the key of the namespace in feeds and queues. */
    public String key() {
        return name;
    }
}
