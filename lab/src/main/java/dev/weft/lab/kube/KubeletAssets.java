package dev.weft.lab.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The binaries of real nodes, looked for where {@link KubeAssets} looks; CNI's reference plugins in
 * {@code /opt/cni/bin} and {@code /usr/lib/cni}.
 *
 * @param controllerManager kube-controller-manager
 * @param scheduler kube-scheduler
 * @param kubelet kubelet
 * @param containerd containerd; {@code containerd-shim-runc-v2} and {@code runc} are on the PATH
 * @param ctr containerd's tool
 * @param busybox a static busybox, which all pods of the lab run
 * @param plugins the folder that has at least {@code loopback}, which containerd calls by itself
 */
public record KubeletAssets(
        Path controllerManager,
        Path scheduler,
        Path kubelet,
        Path containerd,
        Path ctr,
        Path busybox,
        Path plugins) {
    private static final List<Path> PLUGIN_FOLDERS =
            List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni"));

    /**
     * The binaries.
     *
     * @throws NoSuchElementException when some are nowhere; the message names them
     */
    public static KubeletAssets find() {
        TreeSet<String> missing = new TreeSet<>();
        Path controllerManager = binary("kube-controller-manager", missing);
        Path scheduler = binary("kube-scheduler", missing);
        Path kubelet = binary("kubelet", missing);
        Path containerd = binary("containerd", missing);
        binary("runc", missing);
        binary("containerd-shim-runc-v2", missing);
        Path ctr = binary("ctr", missing);
        Path busybox = binary("busybox", missing);
        Optional<Path> plugins =
                PLUGIN_FOLDERS.stream()
                        .filter(folder -> Files.isExecutable(folder.resolve("loopback")))
                        .findFirst();
        if (plugins.isEmpty()) {
            missing.add("loopback (of containernetworking-plugins)");
        }
        if (!missing.isEmpty()) {
            throw new NoSuchElementException(
                    "real nodes need "
                            + String.join(", ", missing)
                            + "; docs/how-to/kubelet.md tells where they come from");
        }
        return new KubeletAssets(
                controllerManager,
                scheduler,
                kubelet,
                containerd,
                ctr,
                busybox,
                plugins.orElseThrow());
    }

    /**
     * A static busybox alone.
     *
     * @throws NoSuchElementException when there is none
     */
    public static Path findBusybox() {
        return KubeAssets.binary("busybox")
                .orElseThrow(
                        () -> new NoSuchElementException("no busybox (Debian's busybox-static)"));
    }

    private static Path binary(String name, TreeSet<String> missing) {
        return KubeAssets.binary(name)
                .orElseGet(
                        () -> {
                            missing.add(name);
                            return Path.of(name);
                        });
    }
}
