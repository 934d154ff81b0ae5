package dev.weft.lab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.kube.EmbeddedServerMain;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodReporterTest {
    private KubernetesMockServer server;
    private KubernetesClient kube;
    private PodReporter reporter;

    @BeforeEach
    void serve() throws IOException {
        server = EmbeddedServerMain.start(0);
        kube = server.createClient();
        reporter = new PodReporter(kube, _ -> "172.18.0.2");
    }

    @AfterEach
    void stop() {
        kube.close();
        server.destroy();
    }

    @Test
    void aPodThatIsGoneTakesItsObjectAlong() {
        Pod web = create();
        reporter.gone(PodKey.of(web));
        assertThat(find()).isNull();
    }

    @Test
    void aPodThatTookTheNameOfOneThatIsGoneStays() {
        Pod former = create();
        reporter.gone(PodKey.of(former));
        Pod web = create();
        reporter.gone(PodKey.of(former));
        assertThat(find().getMetadata().getUid()).isEqualTo(web.getMetadata().getUid());
    }

    @Test
    void anObjectThatIsGoneAlreadyIsNoFailure() {
        Pod web = create();
        reporter.gone(PodKey.of(web));
        reporter.gone(PodKey.of(web));
        assertThat(find()).isNull();
    }

    private Pod create() {
        return kube.resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withNamespace("default")
                                .withName("web")
                                .endMetadata()
                                .withNewSpec()
                                .endSpec()
                                .build())
                .create();
    }

    private Pod find() {
        return kube.pods().inNamespace("default").withName("web").get();
    }
}
