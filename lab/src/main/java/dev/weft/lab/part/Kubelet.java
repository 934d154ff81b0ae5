package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.Cgroups;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.kube.KubeCredentials;
import dev.weft.lab.kube.KubeletAssets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A node's kubelet. Its folder is the node's; what it puts elsewhere is a control group and the
 * pods' logs in {@code /var/log/pods}.
 */
public final class Kubelet {
    private final LabLayout layout;
    private final LabNode node;
    private final KubeletAssets assets;
    private final KubeCredentials credentials;
    private final Path runtimeSocket;
    private final LabProcess process;

    Kubelet(
            LabLayout layout,
            LabNode node,
            KubeletAssets assets,
            KubeCredentials credentials,
            Path runtimeSocket) {
        this.layout = layout;
        this.node = node;
        this.assets = assets;
        this.credentials = credentials;
        this.runtimeSocket = runtimeSocket;
        this.process = new LabProcess(layout.dir(), node.name() + "/kubelet", this::launch);
    }

    /** The daemon. */
    public LabProcess process() {
        return process;
    }

    /** What the names of the control groups of a lab's nodes begin with. */
    public static String cgroupPrefix(LabLayout layout) {
        return "weft-" + layout.name() + "-";
    }

    private Launch launch() {
        Path dir = node.dir();
        Path config = dir.resolve("kubelet.yaml");
        String cgroup = cgroupPrefix(layout) + node.name();
        Cgroups.create(cgroup);
        try {
            Files.writeString(config, configuration(cgroup));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path kubeconfig =
                credentials.kubeconfig(
                        "node-" + node.name(), "/O=system:nodes/CN=system:node:" + node.name());
        return Launch.of(
                        node.name() + "/kubelet",
                        dir.resolve("kubelet.log"),
                        List.of(
                                assets.kubelet().toString(),
                                "--config=" + config,
                                "--kubeconfig=" + kubeconfig,
                                "--hostname-override=" + node.name(),
                                "--node-ip=" + node.address(),
                                "--root-dir=" + dir.resolve("kubelet"),
                                "--cert-dir=" + dir.resolve("kubelet/pki"),
                                "--container-runtime=remote",
                                "--container-runtime-endpoint=unix://" + runtimeSocket,
                                "--image-service-endpoint=unix://" + runtimeSocket))
                .inside(node.netns())
                .readyWhen(
                        () ->
                                node.netns()
                                        .command(
                                                "curl",
                                                "-sf",
                                                "--noproxy",
                                                "*",
                                                "http://127.0.0.1:10248/healthz")
                                        .run()
                                        .ok());
    }

    private String configuration(String cgroup) {
        return """
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: "%s"}}
        authorization: {mode: AlwaysAllow}
        cgroupDriver: cgroupfs
        cgroupRoot: /%s
        failSwapOn: false
        resolvConf: ""
        makeIPTablesUtilChains: false
        nodeStatusUpdateFrequency: 2s
        syncFrequency: 10s
        evictionHard: {memory.available: 50Mi, nodefs.available: 1%%, imagefs.available: 1%%}
        featureGates: {IPv6DualStack: true}
        """
                .formatted(credentials.pki().ca(), cgroup);
    }
}
