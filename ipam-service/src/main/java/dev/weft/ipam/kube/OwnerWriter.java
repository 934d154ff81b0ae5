package dev.weft.ipam.kube;

import dev.weft.bus.Outcome;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.ClusterFacts;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.ResolvedSubnet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Tells pods and nodes by annotations what they hold: all in one patch, and only to the life that
 * holds it.
 */
public final class OwnerWriter {

    private final KubernetesClient client;
    private final ClusterFacts facts;
    private final LeaseBook book;

    public OwnerWriter(KubernetesClient client, ClusterFacts facts, LeaseBook book) {
        this.client = client;
        this.facts = facts;
        this.book = book;
    }

    /**
     * Makes the owner's annotations say what its leases are; an owner without one is left as it is.
     */
    public Outcome reconcile(OwnerKey owner) {
        var leases = book.held(owner);
        if (leases.isEmpty()) {
            return Outcome.done();
        }
        switch (owner.kind()) {
            case NODE ->
                    facts.node(owner.key())
                            .ifPresent(
                                    node ->
                                            tell(
                                                    leases.stream()
                                                            .filter(
                                                                    lease ->
                                                                            lease.owner()
                                                                                    .uid()
                                                                                    .equals(
                                                                                            node
                                                                                                    .uid()))
                                                            .toList(),
                                                    node.uid(),
                                                    named(node),
                                                    (lease, subnet) ->
                                                            AnnotationPatch.of(
                                                                    node, lease, subnet)));
            case POD ->
                    facts.pods(owner).stream()
                            .filter(pod -> !pod.hostNetwork() && !pod.isFinished())
                            .forEach(pod -> tell(leases, pod));
            case VIP -> {}
        }
        return Outcome.done();
    }

    /** All pods of a machine are told of its addresses, also the one that it migrates to. */
    private void tell(List<Lease> leases, PodView pod) {
        var its =
                leases.stream()
                        .filter(
                                lease ->
                                        lease.owner().uid().equals(pod.uid())
                                                || !lease.owner().name().equals(pod.name()))
                        .toList();
        tell(its, pod.uid(), named(pod), (lease, subnet) -> AnnotationPatch.of(pod, lease, subnet));
    }

    private void tell(
            List<Lease> leases,
            String uid,
            HasMetadata named,
            BiFunction<Lease, ResolvedSubnet, Map<String, String>> missing) {
        var all = new LinkedHashMap<String, String>();
        for (var lease : leases) {
            book.subnet(lease.subnet())
                    .ifPresent(subnet -> all.putAll(missing.apply(lease, subnet)));
        }
        if (!all.isEmpty()) {
            // the UID is a precondition: a namesake that came meanwhile is refused by the API
            // server; when it is gone or another, the feed says so soon
            KubeApi.patch(
                    client, named, Map.of("metadata", Map.of("uid", uid, "annotations", all)));
        }
    }

    private static HasMetadata named(NodeView node) {
        return new NodeBuilder().withNewMetadata().withName(node.name()).endMetadata().build();
    }

    private static HasMetadata named(PodView pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .build();
    }
}
