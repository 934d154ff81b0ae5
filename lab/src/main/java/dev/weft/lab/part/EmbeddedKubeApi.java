package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.LabLayout.Port;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.Sockets;
import dev.weft.lab.kube.EmbeddedServerMain;
import java.util.List;

/** The stand-in where no kube-apiserver is found: fabric8's CRUD server in a process of its own. */
public final class EmbeddedKubeApi implements KubeApi {
    private final LabLayout layout;
    private final LabProcess server;
    private final LabProcess forwarder;

    public EmbeddedKubeApi(LabLayout layout) {
        this.layout = layout;
        this.server = new LabProcess(layout.dir(), "kube-apiserver", this::launch);
        this.forwarder = KubeForwarder.process(layout);
    }

    @Override
    public List<LabProcess> processes() {
        return List.of(server, forwarder);
    }

    @Override
    public void ensure() {
        processes().forEach(LabProcess::start);
    }

    private Launch launch() {
        int port = layout.port(Port.KUBE_API);
        return Jvm.main(
                        "kube-apiserver",
                        layout.log("kube-apiserver"),
                        EmbeddedServerMain.class.getName(),
                        "512m",
                        List.of(Integer.toString(port), layout.kubeconfig().toString()))
                .readyWhen(() -> Sockets.accepts(port));
    }
}
