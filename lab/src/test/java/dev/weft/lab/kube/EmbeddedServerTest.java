package dev.weft.lab.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private KubernetesMockServer server;
    private KubernetesClient kube;

    @BeforeEach
    void serve() throws IOException {
        server = EmbeddedServerMain.start(0);
        kube = server.createClient();
    }

    @AfterEach
    void stop() {
        kube.close();
        server.destroy();
    }

    @Test
    void anArrayOfAMergePatchTakesThePlaceOfTheFormer() {
        Pod pod = create();
        String status =
                """
                {"status": {"podIPs": [{"ip": "10.16.0.2"}, {"ip": "fd00:10:16::2"}]}}
                """;
        for (int i = 0; i < 3; i++) {
            kube.resource(pod).subresource("status").patch(MERGE, status);
        }
        assertThat(kube.resource(pod).get().getStatus().getPodIPs())
                .extracting(ip -> ip.getIp())
                .containsExactly("10.16.0.2", "fd00:10:16::2");
    }

    @Test
    void aMergePatchAddsChangesAndRemovesWhatItNamesAndLeavesTheRest() {
        Pod pod = create();
        kube.resource(pod)
                .patch(
                        MERGE,
                        """
                        {"metadata": {"annotations": {"a": null, "b": "2", "c": "3"}}}
                        """);
        Pod patched = kube.resource(pod).get();
        assertThat(patched.getMetadata().getAnnotations())
                .isEqualTo(Map.of("b", "2", "c", "3", "d", "4"));
        assertThat(patched.getSpec()).isEqualTo(pod.getSpec());
    }

    private Pod create() {
        return kube.resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withNamespace("shop")
                                .withName("web")
                                .addToAnnotations(Map.of("a", "1", "b", "1", "d", "4"))
                                .endMetadata()
                                .withNewSpec()
                                .withNodeName("n1")
                                .endSpec()
                                .build())
                .create();
    }
}
