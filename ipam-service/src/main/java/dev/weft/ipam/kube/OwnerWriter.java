package dev.weft.ipam.kube;

import dev.weft.bus.Outcome;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.kube.ResolvedSubnet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/**
 * Tells pods and nodes by annotations what they hold: all in one patch, and only to the life that
 * holds it.
 */
public final class OwnerWriter {

    private final KubernetesClient client;
    private final Views views;
    private final LeaseBook book;

    public OwnerWriter(KubernetesClient client, Views views, LeaseBook book) {
        this.client = client;
        this.views = views;
        this.book = book;
    }

    /**
     * Makes the owner's annotations say what its lease is; an owner without one is left as it is.
     */
    public Outcome reconcile(OwnerKey owner) {
        var lease = book.lease(owner.port()).filter(held -> held.owner().key().equals(owner));
        var subnet = lease.flatMap(held -> book.subnet(held.subnet()));
        if (lease.isEmpty() || subnet.isEmpty()) {
            return Outcome.done();
        }
        var missing = missing(owner, lease.get(), subnet.get());
        if (missing.isEmpty() || missing.get().isEmpty()) {
            return Outcome.done();
        }
        // the UID is a precondition: a namesake that came meanwhile is refused by the API server
        var patch =
                Map.of(
                        "metadata",
                        Map.of("uid", lease.get().owner().uid(), "annotations", missing.get()));
        return switch (KubeApi.patch(client, named(owner), patch)) {
            // when it is gone or another, the feed says so soon
            case DONE, GONE, CONFLICT -> Outcome.done();
        };
    }

    private Optional<Map<String, String>> missing(
            OwnerKey owner, Lease lease, ResolvedSubnet subnet) {
        return switch (owner.kind()) {
            case POD ->
                    views.pods()
                            .get(owner.key())
                            .filter(pod -> pod.uid().equals(lease.owner().uid()))
                            .map(pod -> AnnotationPatch.of(pod, lease, subnet));
            case NODE ->
                    views.nodes()
                            .get(owner.key())
                            .filter(node -> node.uid().equals(lease.owner().uid()))
                            .map(node -> AnnotationPatch.of(node, lease, subnet));
        };
    }

    private static HasMetadata named(OwnerKey owner) {
        if (owner.kind() == Kind.NODE) {
            return new NodeBuilder().withNewMetadata().withName(owner.key()).endMetadata().build();
        }
        int slash = owner.key().indexOf('/');
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(owner.key().substring(0, slash))
                .withName(owner.key().substring(slash + 1))
                .endMetadata()
                .build();
    }
}
