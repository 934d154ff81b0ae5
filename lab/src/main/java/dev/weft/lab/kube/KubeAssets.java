package dev.weft.lab.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The binaries of a real Kubernetes API.
 *
 * <p>They are looked for in {@code KUBEBUILDER_ASSETS}, {@code KUBE_ASSETS}, {@code PATH} and
 * {@code ~/.cache/kube-apiserver}, in this order; the {@code weft} script fills that cache where it
 * can.
 *
 * @param etcd the etcd server
 * @param apiServer the kube-apiserver
 */
public record KubeAssets(Path etcd, Path apiServer) {
    /** The binaries, or nothing when either of them is nowhere. */
    public static Optional<KubeAssets> find() {
        return binary("etcd")
                .flatMap(etcd -> binary("kube-apiserver").map(api -> new KubeAssets(etcd, api)));
    }

    /** An executable of this name. */
    static Optional<Path> binary(String name) {
        List<Path> folders = new ArrayList<>();
        Stream.of("KUBEBUILDER_ASSETS", "KUBE_ASSETS")
                .map(System.getenv()::get)
                .filter(value -> value != null && !value.isBlank())
                .map(Path::of)
                .forEach(folders::add);
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .forEach(folders::add);
        folders.add(Path.of(System.getProperty("user.home"), ".cache/kube-apiserver"));
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
