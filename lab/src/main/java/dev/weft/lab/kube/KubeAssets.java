package dev.weft.lab.kube;

import dev.weft.lab.host.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The binaries of a real Kubernetes API.
 *
 * <p>They are looked for in {@code KUBEBUILDER_ASSETS}, {@code KUBE_ASSETS}, {@code PATH} and
 * {@code ~/.cache/kube-apiserver}, in this order; and where a folder {@code shared/kube-apiserver}
 * lies beside the checkout, its {@code install} is asked to fill that cache.
 *
 * @param etcd the etcd server
 * @param apiServer the kube-apiserver
 */
public record KubeAssets(Path etcd, Path apiServer) {
    /** The binaries, or nothing when either of them is nowhere. */
    public static Optional<KubeAssets> find(Path home) {
        return lookUp().or(() -> install(home).flatMap(_ -> lookUp()));
    }

    private static Optional<KubeAssets> lookUp() {
        return binary("etcd")
                .flatMap(etcd -> binary("kube-apiserver").map(api -> new KubeAssets(etcd, api)));
    }

    private static Optional<Path> binary(String name) {
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

    private static Optional<Path> install(Path home) {
        Path script = home.resolve("../shared/kube-apiserver/install").normalize();
        if (!Files.isExecutable(script)) {
            return Optional.empty();
        }
        Command.of(script.toString()).within(Duration.ofMinutes(5)).output();
        return Optional.of(script);
    }
}
