package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.Sockets;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine's end of the way from inside the nodes to the Kubernetes API: a unix socket, which
 * namespaces share.
 */
final class KubeForwarder {
    private KubeForwarder() {}

    static LabProcess process(LabLayout layout) {
        return new LabProcess(layout.dir(), "kube-forwarder", () -> launch(layout));
    }

    private static Launch launch(LabLayout layout) {
        Path socket = layout.file("kube/api.sock");
        return Launch.of(
                        "kube-forwarder",
                        layout.log("kube-forwarder"),
                        List.of(
                                "socat",
                                "UNIX-LISTEN:" + socket + ",fork,unlink-early,mode=600",
                                "TCP:127.0.0.1:" + layout.port(LabLayout.Port.KUBE_API)))
                .readyWhen(() -> Sockets.accepts(socket));
    }
}
