package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.LabLayout.Port;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.Sockets;
import dev.weft.lab.kube.KubeAssets;
import dev.weft.lab.kube.KubeCredentials;
import java.util.List;

/** etcd and kube-apiserver on loopback. Objects survive the death of either. */
public final class RealKubeApi implements KubeApi {
    private final LabLayout layout;
    private final KubeAssets assets;
    private final KubeCredentials credentials;
    private final LabProcess etcd;
    private final LabProcess apiServer;
    private final LabProcess forwarder;

    public RealKubeApi(LabLayout layout, KubeAssets assets, String token) {
        this.layout = layout;
        this.assets = assets;
        this.credentials = new KubeCredentials(layout, token);
        this.etcd = new LabProcess(layout.dir(), "etcd", this::etcd);
        this.apiServer = new LabProcess(layout.dir(), "kube-apiserver", this::apiServer);
        this.forwarder = KubeForwarder.process(layout);
    }

    @Override
    public List<LabProcess> processes() {
        return List.of(etcd, apiServer, forwarder);
    }

    @Override
    public void ensure() {
        credentials.ensure();
        processes().forEach(LabProcess::start);
    }

    private Launch etcd() {
        String client = "http://127.0.0.1:" + layout.port(Port.ETCD);
        String peer = "http://127.0.0.1:" + layout.port(Port.ETCD_PEER);
        return Launch.of(
                        "etcd",
                        layout.log("etcd"),
                        List.of(
                                assets.etcd().toString(),
                                "--name=lab",
                                "--data-dir=" + layout.file("kube/etcd"),
                                "--logger=zap",
                                "--log-level=warn",
                                "--listen-client-urls=" + client,
                                "--advertise-client-urls=" + client,
                                "--listen-peer-urls=" + peer,
                                "--initial-advertise-peer-urls=" + peer,
                                "--initial-cluster=lab=" + peer))
                .readyWhen(() -> Sockets.accepts(layout.port(Port.ETCD)));
    }

    private Launch apiServer() {
        return Launch.of(
                        "kube-apiserver",
                        layout.log("kube-apiserver"),
                        List.of(
                                assets.apiServer().toString(),
                                "--etcd-servers=http://127.0.0.1:" + layout.port(Port.ETCD),
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + layout.port(Port.KUBE_API),
                                // endpoints of the service "kubernetes" must not be loopback: an
                                // address of documentation
                                "--advertise-address=203.0.113.1",
                                "--service-cluster-ip-range=10.96.0.0/16",
                                "--authorization-mode=Node,RBAC",
                                "--token-auth-file=" + credentials.tokens(),
                                "--client-ca-file=" + credentials.pki().ca(),
                                "--tls-cert-file=" + credentials.pki().serverCertificate(),
                                "--tls-private-key-file=" + credentials.pki().serverKey(),
                                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                                "--service-account-signing-key-file="
                                        + credentials.pki().accountKey(),
                                "--service-account-key-file="
                                        + credentials.pki().accountPublicKey(),
                                "--allow-privileged=true",
                                // no controller manager makes the default service accounts
                                "--disable-admission-plugins=ServiceAccount",
                                "--v=0"))
                .readyWhen(credentials::serverIsReady);
    }
}
