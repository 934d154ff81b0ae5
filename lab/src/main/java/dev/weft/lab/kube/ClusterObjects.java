package dev.weft.lab.kube;

import dev.weft.lab.Lab;
import dev.weft.lab.LabState.KubeMode;
import dev.weft.lab.host.Poll;
import dev.weft.lab.part.LabNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a cluster has before the first pod: our kinds, the Node objects that kubelets make, the
 * usual namespaces.
 */
public final class ClusterObjects {
    private static final Duration ESTABLISHED = Duration.ofSeconds(30);

    private final Lab lab;
    private final Manifests manifests;

    public ClusterObjects(Lab lab) {
        this.lab = lab;
        this.manifests = new Manifests(lab.home());
    }

    /** Applies the CRDs of the checkout and returns when the API server serves them. */
    public void ensureKinds() {
        ensureNamespaces("default", "kube-system");
        List<CustomResourceDefinition> kinds =
                manifests.kinds().stream().map(CustomResourceDefinition.class::cast).toList();
        kinds.forEach(kind -> kube().resource(kind).createOr(NonDeletingOperation::update));
        if (isReal()) {
            kinds.forEach(this::awaitEstablished);
        }
    }

    /** Gives each of our services its identity and its rights. */
    public void ensureIdentities() {
        ServiceAccounts accounts = new ServiceAccounts(lab.layout(), kube(), manifests.rights());
        if (isReal()) {
            accounts.ensure();
        } else {
            accounts.ensureWithoutRights();
        }
    }

    /**
     * Makes the namespaces unless they are there; a real API server has its own by itself, after a
     * moment.
     */
    public void ensureNamespaces(String... names) {
        for (String name : names) {
            if (kube().namespaces().withName(name).get() == null) {
                try {
                    kube().namespaces()
                            .resource(
                                    new io.fabric8.kubernetes.api.model.NamespaceBuilder()
                                            .withNewMetadata()
                                            .withName(name)
                                            .endMetadata()
                                            .build())
                            .create();
                } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
                    if (e.getCode() != 409) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Makes the objects that kubelets would make for themselves, ready to take pods. */
    public void ensureNodes(List<LabNode> nodes) {
        for (LabNode node : nodes) {
            if (kube().nodes().withName(node.name()).get() == null) {
                kube().nodes().resource(object(node)).create();
            }
            kube().nodes()
                    .withName(node.name())
                    .editStatus(object -> new NodeBuilder(object).withStatus(status(node)).build());
        }
    }

    /** Removes the object of a node. */
    public void removeNode(String name) {
        kube().nodes().withName(name).delete();
    }

    private static io.fabric8.kubernetes.api.model.NodeStatus status(LabNode node) {
        return new NodeStatusBuilder()
                .addNewAddress(node.address(), "InternalIP")
                .addNewAddress(node.name(), "Hostname")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("WeftLab")
                .endCondition()
                .build();
    }

    private static Node object(LabNode node) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(node.name())
                .withLabels(
                        Map.of("kubernetes.io/hostname", node.name(), "kubernetes.io/os", "linux"))
                .endMetadata()
                .build();
    }

    private boolean isReal() {
        return lab.state().kube() == KubeMode.REAL;
    }

    private void awaitEstablished(CustomResourceDefinition kind) {
        String name = kind.getMetadata().getName();
        Poll.until(
                name + " to be served",
                ESTABLISHED,
                () -> {
                    CustomResourceDefinition now =
                            kube().apiextensions()
                                    .v1()
                                    .customResourceDefinitions()
                                    .withName(name)
                                    .get();
                    return now != null
                            && now.getStatus() != null
                            && now.getStatus().getConditions().stream()
                                    .anyMatch(
                                            c ->
                                                    c.getType().equals("Established")
                                                            && c.getStatus().equals("True"));
                });
    }

    private KubernetesClient kube() {
        return lab.kube();
    }
}
