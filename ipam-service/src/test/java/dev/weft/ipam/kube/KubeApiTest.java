package dev.weft.ipam.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ipam.kube.KubeApi.Written;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded API server counts what it is asked. */
class KubeApiTest {

    private static final Map<String, ?> PATCH =
            Map.of("metadata", Map.of("annotations", Map.of("said", "so")));

    private final KubernetesMockServer server =
            new KubernetesMockServer(
                    new Context(),
                    new MockWebServer(),
                    new HashMap<>(),
                    new KubernetesCrudDispatcher(),
                    false);
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    @Test
    void patchesAnObjectInOneRequest() {
        client.resource(pod()).create();
        int before = server.getRequestCount();

        assertThat(KubeApi.patch(client, pod(), PATCH)).isEqualTo(Written.DONE);

        assertThat(server.getRequestCount() - before).isEqualTo(1);
        assertThat(client.resource(pod()).get().getMetadata().getAnnotations())
                .containsEntry("said", "so");
    }

    @Test
    void patchesAStatusInOneRequest() {
        var subnet = new Subnet("shop", SubnetSpec.builder().cidrBlock("10.17.0.0/16").build());
        client.resource(subnet).create();
        int before = server.getRequestCount();

        assertThat(KubeApi.patchStatus(client, subnet, Map.of("status", Map.of("v4usingIPs", 3))))
                .isEqualTo(Written.DONE);

        assertThat(server.getRequestCount() - before).isEqualTo(1);
        assertThat(client.resource(subnet).get().getStatus().v4usingIPs()).isEqualTo(3);
    }

    @Test
    void saysThatAnObjectIsGone() {
        assertThat(KubeApi.patch(client, pod(), PATCH)).isEqualTo(Written.GONE);
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-0")
                .endMetadata()
                .build();
    }
}
