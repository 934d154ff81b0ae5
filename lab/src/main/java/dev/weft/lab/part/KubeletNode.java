package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.PodOrder;
import dev.weft.lab.host.Cgroups;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Mounts;
import dev.weft.lab.image.BusyboxImage;
import dev.weft.lab.kube.KubeCredentials;
import dev.weft.lab.kube.KubeletAssets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What makes a {@link LabNode} a real node of Kubernetes: containerd, kubelet, and our plugin. */
public final class KubeletNode {
    private static final Path POD_LOGS = Path.of("/var/log/pods");
    private static final Path CONTAINER_LOGS = Path.of("/var/log/containers");
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final LabLayout layout;
    private final LabNode node;
    private final KubeletAssets assets;
    private final Containerd containerd;
    private final Kubelet kubelet;
    private final CniFiles cni;

    /**
     * @param home the checkout
     */
    public KubeletNode(
            LabLayout layout,
            Path home,
            LabNode node,
            KubeletAssets assets,
            KubeCredentials credentials) {
        this.layout = layout;
        this.node = node;
        this.assets = assets;
        this.containerd = new Containerd(layout.dir(), node, assets, PodOrder.IMAGE);
        this.kubelet = new Kubelet(layout, node, assets, credentials, containerd.socket());
        this.cni = new CniFiles(node.dir(), home, assets.plugins());
    }

    /** The node below. */
    public LabNode node() {
        return node;
    }

    /** Its container runtime. */
    public Containerd containerd() {
        return containerd;
    }

    /** Its kubelet. */
    public Kubelet kubelet() {
        return kubelet;
    }

    /** Both daemons, in the order in which they are started. */
    public List<LabProcess> processes() {
        return List.of(containerd.process(), kubelet.process());
    }

    /** Starts what does not run; afterwards the node is registered, and not ready yet. */
    public void ensure() {
        cni.installPlugins(layout);
        if (containerd.process().start()) {
            containerd.load(image(layout, assets));
        }
        kubelet.process().start();
    }

    /** Stops both, and kills the containers; the node's folder stays. */
    public void stop() {
        kubelet.process().stop();
        containerd.process().stop();
        LabProcess.killAll(layout.dir(), containerd.process().name());
        Cgroups.remove(Kubelet.cgroupPrefix(layout) + node.name());
        Mounts.unmountBeneath(node.dir());
        forget(node.dir());
    }

    /** Gives the runtime its network configuration: with it the node turns ready. */
    public void configureNetwork() {
        cni.configure(layout, node.name());
    }

    /** The image of the lab's pods, made before the first node needs it. */
    public static Path image(LabLayout layout, KubeletAssets assets) {
        return BusyboxImage.ensure(
                layout.file("images/busybox.tar"), PodOrder.IMAGE, assets.busybox());
    }

    /**
     * Removes what a node's daemons, dead by now, left outside of its folder: the sockets of the
     * shims, and the logs of pods, which carry UIDs that kubelet's log names.
     */
    public static void forget(Path nodeDir) {
        Containerd.removeDeadSockets();
        Path log = nodeDir.resolve("kubelet.log");
        if (!Files.exists(log) || !Files.isDirectory(POD_LOGS)) {
            return;
        }
        Set<String> uids = new HashSet<>();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1);
                Stream<Path> pods = Files.list(POD_LOGS)) {
            lines.forEach(
                    line -> UID.matcher(line).results().forEach(uid -> uids.add(uid.group())));
            for (Path pod : pods.toList()) {
                String name = pod.getFileName().toString();
                if (uids.contains(name.substring(name.lastIndexOf('_') + 1))) {
                    Command.of("rm", "-rf", pod.toString()).output();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.of(
                        "find",
                        "-L",
                        CONTAINER_LOGS.toString(),
                        "-maxdepth",
                        "1",
                        "-type",
                        "l",
                        "-delete")
                .run();
    }
}
