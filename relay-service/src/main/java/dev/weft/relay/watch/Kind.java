package dev.weft.relay.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.bus.Feeds;
import dev.weft.bus.Json;
import dev.weft.kube.AttachmentView;
import dev.weft.kube.NamespaceView;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.StatefulSetView;
import dev.weft.kube.VmView;
import dev.weft.kube.v1.KubeOvn;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.function.Function;

/**
 * A kind that the relay watches.
 *
 * @param feed the feed that its objects go to
 * @param access how they are listed and watched
 * @param trim what of an object travels
 */
public record Kind<T extends HasMetadata>(
        String feed, Function<KubernetesClient, Access<T>> access, Function<T, JsonNode> trim) {

    private static final String KUBEVIRT = "kubevirt.io";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** All that the relay watches. */
    public static List<Kind<?>> all() {
        return List.of(
                view(Feeds.NAMESPACE, Namespace.class, NamespaceView::of),
                view(Feeds.NODE, Node.class, NodeView::of),
                view(Feeds.POD, Pod.class, PodView::of),
                whole(Feeds.SUBNET, "Subnet", "subnets"),
                whole(Feeds.VPC, "Vpc", "vpcs"),
                whole(Feeds.IP, "IP", "ips"),
                whole(Feeds.IP_POOL, "IPPool", "ippools"),
                whole(Feeds.VIP, "Vip", "vips"),
                view(Feeds.STATEFUL_SET, StatefulSet.class, StatefulSetView::of),
                foreign(Feeds.VM, KUBEVIRT, "VirtualMachine", "virtualmachines", VmView::of),
                foreign(
                        Feeds.VM_INSTANCE,
                        KUBEVIRT,
                        VmView.INSTANCE,
                        "virtualmachineinstances",
                        VmView::of),
                foreign(
                        Feeds.ATTACHMENT,
                        "k8s.cni.cncf.io",
                        "NetworkAttachmentDefinition",
                        "network-attachment-definitions",
                        AttachmentView::of));
    }

    /** {@code namespace/name}, or the name of an object without a namespace. */
    public static String keyOf(HasMetadata object) {
        var meta = object.getMetadata();
        return meta.getNamespace() == null
                ? meta.getName()
                : meta.getNamespace() + "/" + meta.getName();
    }

    private static <T extends HasMetadata> Kind<T> view(
            String feed, Class<T> type, Function<T, ?> view) {
        return new Kind<>(
                feed,
                client -> Access.of(client.resources(type).inAnyNamespace()),
                object -> Json.mapper().valueToTree(view.apply(object)));
    }

    /**
     * One of our own kinds; read without its class, so that no object can make the list unreadable.
     */
    private static Kind<GenericKubernetesResource> whole(String feed, String kind, String plural) {
        var definition =
                new ResourceDefinitionContext.Builder()
                        .withGroup(KubeOvn.GROUP)
                        .withVersion(KubeOvn.VERSION)
                        .withKind(kind)
                        .withPlural(plural)
                        .withNamespaced(false)
                        .build();
        return new Kind<>(
                feed,
                client -> Access.of(client.genericKubernetesResources(definition).inAnyNamespace()),
                Kind::withoutBookkeeping);
    }

    /** A namespaced kind of others, version v1, that a cluster may lack. */
    private static Kind<GenericKubernetesResource> foreign(
            String feed,
            String group,
            String kind,
            String plural,
            Function<GenericKubernetesResource, ?> view) {
        var definition =
                new ResourceDefinitionContext.Builder()
                        .withGroup(group)
                        .withVersion("v1")
                        .withKind(kind)
                        .withPlural(plural)
                        .withNamespaced(true)
                        .build();
        return new Kind<>(
                feed,
                client ->
                        Access.optional(
                                Access.of(
                                        client.genericKubernetesResources(definition)
                                                .inAnyNamespace()),
                                client,
                                plural + "." + group),
                object -> Json.mapper().valueToTree(view.apply(object)));
    }

    private static JsonNode withoutBookkeeping(GenericKubernetesResource object) {
        JsonNode json = Json.mapper().valueToTree(object);
        if (json.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
            if (metadata.get("annotations") instanceof ObjectNode annotations)
                annotations.remove(LAST_APPLIED);
        }
        return json;
    }
}
