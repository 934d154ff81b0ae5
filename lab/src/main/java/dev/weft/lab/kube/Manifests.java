package dev.weft.lab.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of the checkout, {@code deploy/k8s}, as they are installed on clusters. */
public final class Manifests {
    /** The namespace of everything of ours. */
    public static final String NAMESPACE = "weft-system";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Path folder;

    /**
     * @param home the checkout
     */
    public Manifests(Path home) {
        this.folder = home.resolve("deploy/k8s");
    }

    /** Our kinds. */
    public List<HasMetadata> kinds() {
        return load(folder.resolve("crds"), "io.yaml");
    }

    /** Our namespace, the service accounts, and what each of them may do. */
    public List<HasMetadata> rights() {
        return Stream.concat(
                        load(folder.resolve("base"), "namespace.yaml").stream(),
                        load(folder.resolve("base"), "rbac.yaml").stream())
                .toList();
    }

    private static List<HasMetadata> load(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .flatMap(file -> parse(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<HasMetadata> parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Object parsed = YAML.unmarshal(in);
            return parsed instanceof Collection<?> several
                    ? several.stream().map(HasMetadata.class::cast).toList()
                    : List.of((HasMetadata) parsed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
