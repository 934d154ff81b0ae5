package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Sockets;
import java.nio.file.Path;
import java.util.List;

/**
 * The ways to the Kubernetes API across namespaces: a unix socket, which they share, and the API's
 * loopback port on either side.
 */
final class KubeForwarder {
    private KubeForwarder() {}

    /** From the socket to the API on this machine. */
    static LabProcess process(LabLayout layout) {
        return new LabProcess(layout.dir(), "kube-forwarder", () -> fromSocket(layout));
    }

    /** From the socket to the API in a namespace, and from this machine to the socket. */
    static List<LabProcess> into(LabLayout layout, NetNs netns) {
        return List.of(
                new LabProcess(
                        layout.dir(), "kube-forwarder", () -> fromSocket(layout).inside(netns)),
                new LabProcess(
                        layout.dir(),
                        "kube-entrance",
                        () -> toSocket(layout, "kube-entrance", layout.log("kube-entrance"))));
    }

    /** From the API's loopback port to the socket. */
    static Launch toSocket(LabLayout layout, String name, Path log) {
        return Launch.of(
                name,
                log,
                List.of(
                        "socat",
                        "TCP-LISTEN:"
                                + layout.port(LabLayout.Port.KUBE_API)
                                + ",bind=127.0.0.1,fork,reuseaddr",
                        "UNIX-CONNECT:" + socket(layout)));
    }

    private static Launch fromSocket(LabLayout layout) {
        Path socket = socket(layout);
        return Launch.of(
                        "kube-forwarder",
                        layout.log("kube-forwarder"),
                        List.of(
                                "socat",
                                "UNIX-LISTEN:" + socket + ",fork,unlink-early,mode=600",
                                "TCP:127.0.0.1:" + layout.port(LabLayout.Port.KUBE_API)))
                .readyWhen(() -> Sockets.accepts(socket));
    }

    private static Path socket(LabLayout layout) {
        return layout.file("kube/api.sock");
    }
}
