package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.Lab;
import dev.weft.lab.host.Command;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The manifests of {@code deploy/k8s} against the real API server. */
@Tag("real-kube")
@ExtendWith(SharedLab.class)
class ManifestsIT {
    private final Lab lab;

    ManifestsIT(Lab lab) {
        this.lab = lab;
    }

    @Test
    void theApiServerTakesEveryObjectAndDropsNoField() {
        String yaml = rendered("kubernetes-1.20");
        Command.Result applied =
                Command.of("kubectl", "apply", "--dry-run=server", "--validate=true", "-f", "-")
                        .with(Map.of("KUBECONFIG", lab.layout().kubeconfig().toString()))
                        .stdin(yaml)
                        .run();
        assertThat(applied.err().lines().filter(line -> !line.startsWith("Warning:"))).isEmpty();
        assertThat(applied.exit()).isZero();
        assertThat(applied.out().lines()).hasSize(objects("kubernetes-1.20").size());
    }

    @Test
    void theOverlaysDifferInTheVersionOfDisruptionBudgetsOnly() {
        assertThat(rendered("kubernetes-1.20").replace("policy/v1beta1", "policy/v1"))
                .isEqualTo(rendered("standard"));
    }

    @Test
    void everythingComesUpBeforeThereIsAPodNetwork() {
        assertThat(workloads())
                .isNotEmpty()
                .allSatisfy(
                        pod -> {
                            assertThat(pod.getHostNetwork()).isTrue();
                            assertThat(pod.getTolerations())
                                    .anyMatch(
                                            toleration ->
                                                    toleration.getKey() == null
                                                            || toleration
                                                                    .getKey()
                                                                    .endsWith("/not-ready"));
                            assertThat(pod.getPriorityClassName()).startsWith("system-");
                        });
    }

    @Test
    void noContainerIsPrivilegedAndAllTellWhatTheyNeed() {
        assertThat(workloads().flatMap(ManifestsIT::containers).toList())
                .allSatisfy(
                        container -> {
                            assertThat(container.getResources().getRequests())
                                    .containsKeys("cpu", "memory");
                            assertThat(container.getSecurityContext())
                                    .satisfiesAnyOf(
                                            none -> assertThat(none).isNull(),
                                            some ->
                                                    assertThat(some.getPrivileged())
                                                            .isNotEqualTo(true));
                        });
        assertThat(
                        workloads()
                                .filter(pod -> pod.getServiceAccountName() != null)
                                .flatMap(ManifestsIT::containers))
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(
                        ours ->
                                assertThat(ours.getSecurityContext().getCapabilities().getDrop())
                                        .containsExactly("ALL"))
                .allSatisfy(
                        ours ->
                                assertThat(ours.getSecurityContext().getReadOnlyRootFilesystem())
                                        .isTrue());
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    private Stream<PodSpec> workloads() {
        return objects("standard").stream()
                .flatMap(
                        object ->
                                switch (object) {
                                    case Deployment some ->
                                            Stream.of(some.getSpec().getTemplate().getSpec());
                                    case DaemonSet some ->
                                            Stream.of(some.getSpec().getTemplate().getSpec());
                                    case StatefulSet some ->
                                            Stream.of(some.getSpec().getTemplate().getSpec());
                                    default -> Stream.empty();
                                });
    }

    private List<HasMetadata> objects(String overlay) {
        Object all = new KubernetesSerialization().unmarshal(rendered(overlay));
        return ((Collection<?>) all).stream().map(HasMetadata.class::cast).toList();
    }

    private String rendered(String overlay) {
        return Command.of(
                        "kubectl",
                        "kustomize",
                        lab.home().resolve("deploy/k8s/overlays/" + overlay).toString())
                .output();
    }
}
