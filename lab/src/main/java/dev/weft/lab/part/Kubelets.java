package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Mounts;
import dev.weft.lab.kube.KubeCredentials;
import dev.weft.lab.kube.KubeletAssets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a lab with real nodes has in place of the pod runner: controller manager and scheduler, and
 * on every node containerd and kubelet.
 */
public final class Kubelets {
    private final LabLayout layout;
    private final Path home;
    private final KubeletAssets assets;
    private final KubeCredentials credentials;
    private final ApiMachine machine;
    private final KubeControllers controllers;

    /**
     * @param home the checkout
     */
    public Kubelets(
            LabLayout layout, Path home, KubeletAssets assets, KubeCredentials credentials) {
        this.layout = layout;
        this.home = home;
        this.assets = assets;
        this.credentials = credentials;
        this.machine = new ApiMachine(layout);
        this.controllers = new KubeControllers(layout, assets, credentials, machine.netns());
    }

    /** Where the Kubernetes API runs, so that it reaches the kubelets. */
    public ApiMachine machine() {
        return machine;
    }

    /** Controller manager and scheduler. */
    public KubeControllers controllers() {
        return controllers;
    }

    /** Kubelet and runtime of a node. */
    public KubeletNode of(LabNode node) {
        return new KubeletNode(layout, home, node, assets, credentials);
    }

    /** All processes, in the order in which they are started. */
    public List<LabProcess> processes(List<LabNode> nodes) {
        List<LabProcess> all = new ArrayList<>(controllers.processes());
        nodes.forEach(node -> all.addAll(of(node).processes()));
        return all;
    }

    /** Lets containers that have the nodes' folders see what is mounted there later. */
    public void shareMounts() {
        try {
            Mounts.share(Files.createDirectories(layout.file("node")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the image of the lab's pods, unless it is there. */
    public void ensureImage() {
        KubeletNode.image(layout, assets);
    }
}
