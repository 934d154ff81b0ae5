package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.Lab;
import dev.weft.lab.LabDown;
import dev.weft.lab.LabLayout;
import dev.weft.lab.LabPod;
import dev.weft.lab.LabSpec;
import dev.weft.lab.LabState.PodMode;
import dev.weft.lab.LabUp;
import dev.weft.lab.PodOrder;
import dev.weft.lab.Progress;
import dev.weft.lab.host.Poll;
import dev.weft.lab.image.WeftImages;
import dev.weft.lab.kube.KubeletAssets;
import dev.weft.lab.kube.LabOverlay;
import dev.weft.lab.part.Containerd;
import dev.weft.lab.part.LabNode;
import dev.weft.lab.part.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Nodes with nothing of ours but Open vSwitch and ovn-controller: our images and manifests, and the
 * control plane comes up in pods where there is no pod network yet.
 */
@Tag("kubelet")
@Tag("images")
@Tag("real-kube")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BareClusterIT {
    private static final LabLayout LAYOUT =
            new LabLayout(System.getProperty("weft.e2e.bare.lab", "e2eb"));
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Lab lab;
    private Kubectl kubectl;

    @BeforeAll
    void applyTheManifests() throws IOException {
        LabDown.down(LAYOUT);
        lab =
                LabUp.up(
                        LAYOUT,
                        new LabSpec(2, LabSpec.Kube.REAL, false, PodMode.KUBELET),
                        Progress.to(System.out));
        kubectl = new Kubectl(LAYOUT.kubeconfig(), "weft-system");
        loadImages();
        Path overlay = LabOverlay.write(LAYOUT, lab.state(), lab.home());
        assertThat(kubectl.readyNodes()).isZero();
        kubectl.run("apply", "-k", overlay.toString());
    }

    @AfterAll
    void down() {
        lab.close();
        if (!Boolean.getBoolean("weft.e2e.keep")) {
            LabDown.down(LAYOUT);
        }
    }

    @Test
    void theControlPlaneComesUpMakesTheNodesReadyAndPodsTalk() {
        kubectl.awaitRollout("statefulset/weft-postgresql", PATIENCE);
        kubectl.awaitRollout("statefulset/weft-artemis", PATIENCE);
        for (String service : List.of("relay", "ipam", "vpc")) {
            kubectl.awaitRollout("deployment/weft-" + service, PATIENCE);
        }
        kubectl.awaitRollout("daemonset/weft-node-daemon", PATIENCE);
        Poll.until("the nodes to be ready", PATIENCE, () -> kubectl.readyNodes() == 2);
        List<LabPod> pods = new ArrayList<>();
        for (LabNode node : lab.nodes()) {
            pods.add(lab.pods().create(PodOrder.named("one-" + node.name()).on(node.name())));
            pods.add(lab.pods().create(PodOrder.named("two-" + node.name()).on(node.name())));
        }
        pods.replaceAll(pod -> pod.awaitRunning(PATIENCE));
        Fabric fabric = new Fabric(lab);
        fabric.awaitAllReachable(pods);
        fabric.awaitAllReachable(pods.reversed());
    }

    private void loadImages() throws IOException {
        try (WeftImages images =
                new WeftImages(lab.home(), Postgres.unpack(), KubeletAssets.findBusybox())) {
            List<String> all = new ArrayList<>(WeftImages.OURS);
            all.addAll(WeftImages.STAND_INS);
            for (String image : all) {
                Path archive = images.write(image, LAYOUT.file("images"));
                for (LabNode node : lab.nodes()) {
                    // services are where the lab's overlay puts them
                    if (node == lab.nodes().getFirst() || image.equals("node-daemon")) {
                        runtime(node).load(archive);
                    }
                }
                Files.delete(archive);
            }
        }
    }

    private Containerd runtime(LabNode node) {
        return lab.kubelets().orElseThrow().of(node).containerd();
    }
}
