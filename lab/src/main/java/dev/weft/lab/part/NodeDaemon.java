package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.NativeParts;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.Sockets;
import java.nio.file.Path;
import java.util.Map;

/** How our node daemon is started: one process per node, inside the node's namespace. */
public final class NodeDaemon {
    private final LabLayout layout;
    private final Path home;

    /**
     * @param home the root of the checkout, where the daemon was built
     */
    public NodeDaemon(LabLayout layout, Path home) {
        this.layout = layout;
        this.home = home;
    }

    Launch launch(LabNode node) {
        Path socket = layout.cniSocket(node.name());
        return Program.quarkus(
                        layout,
                        NativeParts.NODE_DAEMON,
                        node.name() + "/node-daemon",
                        node.dir().resolve("node-daemon.log"),
                        home.resolve("node-daemon"),
                        "128m")
                .inside(node.netns())
                .with(
                        Map.ofEntries(
                                Map.entry("WEFT_NODE_NAME", node.name()),
                                Map.entry("WEFT_NODE_OVS", node.ovsRemote()),
                                Map.entry("WEFT_NODE_CNI_SOCKET", socket.toString()),
                                Map.entry("WEFT_NODE_SB", OvnCentral.southboundForNodes()),
                                Map.entry("WEFT_NODE_ENCAP_IP", node.address()),
                                Map.entry("WEFT_NODE_ENCAP_TYPE", "geneve"),
                                Map.entry("WEFT_NODE_DATAPATH", "netdev"),
                                // a pod that gets no address keeps its deletion waiting for so long
                                Map.entry("WEFT_NODE_ADD_TIMEOUT", "PT20S"),
                                // probes would find a machine that is only busy dead
                                Map.entry("WEFT_NODE_REMOTE_PROBE_INTERVAL", "0"),
                                Map.entry("WEFT_NODE_OPENFLOW_PROBE_INTERVAL", "0"),
                                Map.entry("WEFT_INSTANCE", node.name()),
                                Map.entry(
                                        "KUBECONFIG", layout.kubeconfig("node-daemon").toString()),
                                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                                Map.entry(
                                        "QUARKUS_HTTP_PORT",
                                        Integer.toString(layout.port(LabLayout.Port.NODE_DAEMON)))))
                .readyWhen(() -> Sockets.accepts(socket));
    }
}
