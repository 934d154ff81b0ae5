package dev.weft.lab;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod that is to be made.
 *
 * @param node the node it is to run on; {@code null}: any
 */
public record PodOrder(
        String name,
        String namespace,
        @Nullable String node,
        Map<String, String> annotations,
        Map<String, String> labels) {

    /** What containers of the lab run when nothing else is said: busybox, asleep. */
    public static final String IMAGE = "localhost/weft-lab/busybox:1";

    public PodOrder {
        annotations = Map.copyOf(annotations);
        labels = Map.copyOf(labels);
    }

    /** A pod in the namespace {@code default}, on any node. */
    public static PodOrder named(String name) {
        return new PodOrder(name, "default", null, Map.of(), Map.of("app", name));
    }

    /** The same in another namespace. */
    public PodOrder in(String otherNamespace) {
        return new PodOrder(name, otherNamespace, node, annotations, labels);
    }

    /** The same on this node. */
    public PodOrder on(String wanted) {
        return new PodOrder(name, namespace, wanted, annotations, labels);
    }

    /** The same with one more annotation. */
    public PodOrder annotate(String key, String value) {
        return new PodOrder(name, namespace, node, with(annotations, key, value), labels);
    }

    /** The same with one more label. */
    public PodOrder label(String key, String value) {
        return new PodOrder(name, namespace, node, annotations, with(labels, key, value));
    }

    /** The object to create. */
    Pod object() {
        PodBuilder pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .withAnnotations(annotations)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(0L)
                        .addNewContainer()
                        .withName("main")
                        .withImage(IMAGE)
                        .withImagePullPolicy("Never")
                        .endContainer()
                        .endSpec();
        if (node != null) {
            pod.editSpec().withNodeSelector(Map.of("kubernetes.io/hostname", node)).endSpec();
        }
        return pod.build();
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
