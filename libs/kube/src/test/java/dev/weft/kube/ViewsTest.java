package dev.weft.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void keepsOfAPodWhatTheFabricNeeds() {
        var view = PodView.of(pod("web-0"));

        assertThat(view.key()).isEqualTo("shop/web-0");
        assertThat(view.portName()).isEqualTo("web-0.shop");
        assertThat(view.nodeName()).isEqualTo("node-1");
        assertThat(view.ownerKind()).isEqualTo("StatefulSet");
        assertThat(view.ownerName()).isEqualTo("web");
        assertThat(view.podIps()).containsExactly("10.16.0.5", "fd00:10:16::5");
        assertThat(view.isFinished()).isFalse();
    }

    @Test
    void dropsAnnotationsThatDoNotConcernTheFabric() {
        assertThat(PodView.of(pod("web-0")).annotations())
                .containsOnlyKeys(
                        "ovn.kubernetes.io/ip_address",
                        "blue.shop.ovn.kubernetes.io/mac_address",
                        "blue.shop.kubernetes.io/ip_address.net1",
                        "k8s.v1.cni.cncf.io/networks");
    }

    @Test
    void travelsAsJsonWithoutLoss() throws Exception {
        var pod = PodView.of(pod("web-0"));
        assertThat(JSON.readValue(JSON.writeValueAsBytes(pod), PodView.class)).isEqualTo(pod);

        var node =
                NodeView.of(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName("node-1")
                                .endMetadata()
                                .withNewStatus()
                                .addNewAddress("10.99.0.11", "InternalIP")
                                .addNewAddress("node-1", "Hostname")
                                .addNewCondition()
                                .withType("Ready")
                                .withStatus("True")
                                .endCondition()
                                .endStatus()
                                .build());
        assertThat(node.internalAddresses()).containsExactly("10.99.0.11");
        assertThat(node.ready()).isTrue();
        assertThat(JSON.readValue(JSON.writeValueAsBytes(node), NodeView.class)).isEqualTo(node);

        var namespace =
                NamespaceView.of(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("shop")
                                .endMetadata()
                                .build());
        assertThat(JSON.readValue(JSON.writeValueAsBytes(namespace), NamespaceView.class))
                .isEqualTo(namespace);
    }

    @Test
    void viewsAPodThatIsBarelyThere() {
        var view =
                PodView.of(
                        new PodBuilder()
                                .withNewMetadata()
                                .withNamespace("a")
                                .withName("b")
                                .endMetadata()
                                .build());

        assertThat(view.phase()).isEqualTo("Pending");
        assertThat(view.nodeName()).isNull();
        assertThat(view.labels()).isEmpty();
    }

    @Test
    void sharesStringsBetweenPodsSoThatTenThousandFitInto32Mebibytes() throws Exception {
        var json = JSON.writeValueAsBytes(PodView.of(pod("web-0")));
        var views = new ArrayList<PodView>();
        var before = usedMemory();
        for (var i = 0; i < 10_000; i++) {
            views.add(JSON.readValue(json, PodView.class));
        }
        assertThat(usedMemory() - before).isLessThan(32L << 20);
        assertThat(views.getFirst().labels().get("app"))
                .isSameAs(views.getLast().labels().get("app"));
    }

    private static long usedMemory() {
        var runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid("0f3c")
                .withResourceVersion("42")
                .withLabels(Map.of("app", "web", "tier", "front"))
                .withAnnotations(
                        Map.of(
                                "ovn.kubernetes.io/ip_address", "10.16.0.5",
                                "blue.shop.ovn.kubernetes.io/mac_address", "0a:00:00:00:00:01",
                                "blue.shop.kubernetes.io/ip_address.net1", "10.9.0.5",
                                "k8s.v1.cni.cncf.io/networks", "blue",
                                "kubectl.kubernetes.io/last-applied-configuration", "{}",
                                "prometheus.io/scrape", "true"))
                .addNewOwnerReference()
                .withKind("StatefulSet")
                .withName("web")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewPodIP("10.16.0.5")
                .addNewPodIP("fd00:10:16::5")
                .endStatus()
                .build();
    }
}
