package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.kube.KubeCredentials;
import dev.weft.lab.kube.KubeletAssets;
import java.nio.file.Path;
import java.util.List;

/** kube-controller-manager and kube-scheduler, beside the API server. */
public final class KubeControllers {
    private final LabLayout layout;
    private final KubeletAssets assets;
    private final KubeCredentials credentials;
    private final NetNs netns;
    private final LabProcess manager;
    private final LabProcess scheduler;

    public KubeControllers(
            LabLayout layout, KubeletAssets assets, KubeCredentials credentials, NetNs netns) {
        this.layout = layout;
        this.assets = assets;
        this.credentials = credentials;
        this.netns = netns;
        this.manager = new LabProcess(layout.dir(), "kube-controller-manager", this::manager);
        this.scheduler = new LabProcess(layout.dir(), "kube-scheduler", this::scheduler);
    }

    /** Both, in the order in which they are started. */
    public List<LabProcess> processes() {
        return List.of(manager, scheduler);
    }

    /** Starts what does not run. */
    public void ensure() {
        processes().forEach(LabProcess::start);
    }

    private Launch manager() {
        Path kubeconfig =
                credentials.kubeconfig("controller-manager", "/CN=system:kube-controller-manager");
        return Launch.of(
                        "kube-controller-manager",
                        layout.log("kube-controller-manager"),
                        List.of(
                                assets.controllerManager().toString(),
                                "--kubeconfig=" + kubeconfig,
                                "--authentication-kubeconfig=" + kubeconfig,
                                "--authorization-kubeconfig=" + kubeconfig,
                                "--bind-address=127.0.0.1",
                                "--leader-elect=false",
                                "--service-cluster-ip-range=" + RealKubeApi.SERVICES,
                                "--service-account-private-key-file="
                                        + credentials.pki().accountKey(),
                                "--root-ca-file=" + credentials.pki().ca(),
                                "--use-service-account-credentials=true",
                                // a node that is cut off for a moment keeps its pods
                                "--node-monitor-grace-period=60s",
                                RealKubeApi.FEATURES))
                .inside(netns);
    }

    private Launch scheduler() {
        Path kubeconfig = credentials.kubeconfig("scheduler", "/CN=system:kube-scheduler");
        return Launch.of(
                        "kube-scheduler",
                        layout.log("kube-scheduler"),
                        List.of(
                                assets.scheduler().toString(),
                                "--kubeconfig=" + kubeconfig,
                                "--authentication-kubeconfig=" + kubeconfig,
                                "--authorization-kubeconfig=" + kubeconfig,
                                "--bind-address=127.0.0.1",
                                "--leader-elect=false",
                                RealKubeApi.FEATURES))
                .inside(netns);
    }
}
