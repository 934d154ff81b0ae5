package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.LabLayout.Port;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Sockets;
import dev.weft.lab.kube.KubeAssets;
import dev.weft.lab.kube.KubeCredentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * etcd and kube-apiserver. Objects survive the death of either. They run on the machine itself, or
 * in a namespace on the underlay where kubelets are to be reached; clients find the API at the same
 * loopback address everywhere.
 */
public final class RealKubeApi implements KubeApi {
    /** The range of the cluster IPs of services. */
    static final String SERVICES = "10.96.0.0/16";

    /** What all parts of Kubernetes are told: pods show all their addresses in their status. */
    static final String FEATURES = "--feature-gates=IPv6DualStack=true";

    private final LabLayout layout;
    private final KubeAssets assets;
    private final KubeCredentials credentials;
    private final @Nullable NetNs netns;
    private final LabProcess etcd;
    private final LabProcess apiServer;
    private final List<LabProcess> forwarders;

    /**
     * @param netns on the underlay, where kubelets are to be reached; {@code null}: the machine's
     */
    public RealKubeApi(
            LabLayout layout,
            KubeAssets assets,
            KubeCredentials credentials,
            @Nullable NetNs netns) {
        this.layout = layout;
        this.assets = assets;
        this.credentials = credentials;
        this.netns = netns;
        this.etcd = new LabProcess(layout.dir(), "etcd", this::etcd);
        this.apiServer = new LabProcess(layout.dir(), "kube-apiserver", this::apiServer);
        this.forwarders =
                netns == null
                        ? List.of(KubeForwarder.process(layout))
                        : KubeForwarder.into(layout, netns);
    }

    @Override
    public List<LabProcess> processes() {
        List<LabProcess> all = new ArrayList<>(List.of(etcd));
        all.addAll(forwarders);
        all.add(apiServer);
        return all;
    }

    @Override
    public void ensure() {
        credentials.ensure();
        processes().forEach(LabProcess::start);
    }

    private Launch etcd() {
        String client = "http://127.0.0.1:" + layout.port(Port.ETCD);
        String peer = "http://127.0.0.1:" + layout.port(Port.ETCD_PEER);
        return placed(
                Launch.of(
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
                        .readyWhen(() -> etcdAnswers(client)));
    }

    private boolean etcdAnswers(String url) {
        return netns == null
                ? Sockets.accepts(layout.port(Port.ETCD))
                : netns.command("curl", "-sf", "--noproxy", "*", url + "/health").run().ok();
    }

    private Launch apiServer() {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                assets.apiServer().toString(),
                                "--etcd-servers=http://127.0.0.1:" + layout.port(Port.ETCD),
                                "--secure-port=" + layout.port(Port.KUBE_API),
                                "--service-cluster-ip-range=" + SERVICES,
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
                                "--audit-policy-file=" + credentials.auditPolicy(),
                                "--audit-log-path=" + layout.auditLog(),
                                "--v=0"));
        argv.addAll(netns == null ? alone() : withKubelets());
        return placed(
                Launch.of("kube-apiserver", layout.log("kube-apiserver"), argv)
                        .readyWhen(credentials::serverIsReady));
    }

    private static List<String> alone() {
        return List.of(
                "--bind-address=127.0.0.1",
                // endpoints of the service "kubernetes" must not be loopback: an address of
                // documentation
                "--advertise-address=203.0.113.1",
                // no controller manager makes the default service accounts
                "--disable-admission-plugins=ServiceAccount");
    }

    private List<String> withKubelets() {
        credentials
                .pki()
                .ensureClient(
                        "kubelet-client", "/O=system:masters/CN=kube-apiserver-kubelet-client");
        return List.of(
                "--bind-address=0.0.0.0",
                "--advertise-address=" + Underlay.apiAddress(),
                "--kubelet-client-certificate="
                        + credentials.pki().clientCertificate("kubelet-client"),
                "--kubelet-client-key=" + credentials.pki().clientKey("kubelet-client"),
                "--kubelet-preferred-address-types=InternalIP",
                "--enable-admission-plugins=NodeRestriction",
                FEATURES);
    }

    private Launch placed(Launch launch) {
        return netns == null ? launch : launch.inside(netns);
    }
}
