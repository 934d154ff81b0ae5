package dev.weft.lab.part;

import dev.weft.lab.host.Command;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.Sockets;
import dev.weft.lab.kube.KubeletAssets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node's containerd. All that it makes is in the node's folder, the pods' network namespaces too;
 * only the sockets of its shims are in {@code /run/containerd/s}, whatever one says.
 */
public final class Containerd {
    private static final Path SHIM_SOCKETS = Path.of("/run/containerd/s");

    private final LabNode node;
    private final KubeletAssets assets;
    private final String pauseImage;
    private final LabProcess process;

    Containerd(Path labDir, LabNode node, KubeletAssets assets, String pauseImage) {
        this.node = node;
        this.assets = assets;
        this.pauseImage = pauseImage;
        this.process = new LabProcess(labDir, node.name() + "/containerd", this::launch);
    }

    /** The daemon. */
    public LabProcess process() {
        return process;
    }

    /** Where it listens for kubelet and {@code ctr}. */
    public Path socket() {
        return node.dir().resolve("ctd.sock");
    }

    /** {@code ctr} on the images and containers of Kubernetes. */
    public Command ctr(String... arguments) {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                assets.ctr().toString(),
                                "--address=" + socket(),
                                "--namespace=k8s.io"));
        argv.addAll(List.of(arguments));
        return Command.of(argv);
    }

    /** Takes an image in. */
    public void load(Path archive) {
        ctr("images", "import", archive.toString()).output();
    }

    /** How many network namespaces it has made and not removed. */
    public long netns() {
        String[] names =
                node.dir().resolve("ctd/state/io.containerd.grpc.v1.cri/netns").toFile().list();
        return names == null ? 0 : names.length;
    }

    /** Removes the sockets of shims that do not run any more; nobody else does. */
    public static void removeDeadSockets() {
        for (Path socket : children(SHIM_SOCKETS)) {
            if (!Sockets.accepts(socket)) {
                socket.toFile().delete();
            }
        }
    }

    private static Path[] children(Path folder) {
        String[] names = folder.toFile().list();
        return names == null
                ? new Path[0]
                : java.util.Arrays.stream(names).map(folder::resolve).toArray(Path[]::new);
    }

    private Launch launch() {
        Path config = node.dir().resolve("containerd.toml");
        try {
            Files.createDirectories(CniFiles.configurations(node.dir()));
            Files.writeString(config, configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Launch.of(
                        node.name() + "/containerd",
                        node.dir().resolve("containerd.log"),
                        List.of(assets.containerd().toString(), "--config=" + config))
                .inside(node.netns())
                .readyWhen(() -> Sockets.accepts(socket()) && ctr("version").run().ok());
    }

    private String configuration() {
        return """
        version = 2
        root = "%1$s/ctd/root"
        state = "%1$s/ctd/state"
        disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", \
        "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
        [grpc]
          address = "%2$s"
        [plugins."io.containerd.internal.v1.opt"]
          path = "%1$s/ctd/opt"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "%3$s"
          disable_apparmor = true
          restrict_oom_score_adj = true
          stream_server_address = "127.0.0.1"
          netns_mounts_under_state_dir = true
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "%4$s"
            conf_dir = "%5$s"
          [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
            runtime_type = "io.containerd.runc.v2"
            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
              Root = "%1$s/ctd/runc"
        """
                .formatted(
                        node.dir(),
                        socket(),
                        pauseImage,
                        CniFiles.plugins(node.dir()),
                        CniFiles.configurations(node.dir()));
    }
}
