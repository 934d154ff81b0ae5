package dev.weft.lab.kube;

import dev.weft.lab.LabLayout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * The identities of our services: each enters the API with a token of its own service account, as
 * it does on a cluster, and may do what its roles of {@code deploy/k8s} say.
 */
public final class ServiceAccounts {
    private static final String PREFIX = "weft-";
    private static final long TOKEN_SECONDS = 30L * 24 * 3600;

    private final LabLayout layout;
    private final KubernetesClient kube;
    private final List<HasMetadata> rights;

    /**
     * @param rights namespace, accounts, roles and bindings
     */
    public ServiceAccounts(LabLayout layout, KubernetesClient kube, List<HasMetadata> rights) {
        this.layout = layout;
        this.kube = kube;
        this.rights = rights;
    }

    /** By which name the API server knows a service, as in {@code relay}. */
    public static String user(String service) {
        return "system:serviceaccount:" + Manifests.NAMESPACE + ":" + PREFIX + service;
    }

    /** Applies accounts and roles, and writes a kubeconfig for each account that has none yet. */
    public void ensure() {
        rights.forEach(object -> kube.resource(object).createOr(NonDeletingOperation::update));
        rights.stream()
                .filter(ServiceAccount.class::isInstance)
                .map(account -> account.getMetadata().getName())
                .filter(name -> !Files.exists(layout.kubeconfig(service(name))))
                .forEach(this::enter);
    }

    /**
     * Lets every service in with the admin's credentials: the embedded API server knows neither
     * tokens nor rights.
     */
    public void ensureWithoutRights() {
        try {
            for (HasMetadata object : rights) {
                if (object instanceof ServiceAccount account) {
                    Files.writeString(
                            layout.kubeconfig(service(account.getMetadata().getName())),
                            Files.readString(layout.kubeconfig()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String service(String account) {
        return account.substring(PREFIX.length());
    }

    private void enter(String account) {
        TokenRequest answer =
                kube.serviceAccounts()
                        .inNamespace(Manifests.NAMESPACE)
                        .withName(account)
                        .tokenRequest(
                                new TokenRequestBuilder()
                                        .withNewSpec()
                                        .withAudiences(List.of())
                                        .withExpirationSeconds(TOKEN_SECONDS)
                                        .endSpec()
                                        .build());
        try {
            Kubeconfig.write(
                    layout.kubeconfig(service(account)),
                    layout.port(LabLayout.Port.KUBE_API),
                    new KubePki(layout.file("kube/pki")).ca(),
                    answer.getStatus().getToken());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
