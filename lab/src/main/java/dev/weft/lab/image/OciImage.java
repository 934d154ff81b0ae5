package dev.weft.lab.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.weft.lab.host.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image made of folders, one layer each, as the archive of an OCI image layout ({@code ctr
 * images import}, {@code skopeo copy oci-archive:…}). The same folders give the same bytes: entries
 * are sorted, owned by root, dated 1970; there is no date of creation.
 *
 * @param name the full name, as in {@code localhost/weft/relay-service:0.1}
 * @param layers folders whose contents are laid over each other, the lowest first
 * @param entrypoint what is run
 * @param environment added to the container's
 * @param user whom it runs as, as in {@code 65532:65532}; {@code 0:0} is root
 */
public record OciImage(
        String name,
        List<Path> layers,
        List<String> entrypoint,
        Map<String, String> environment,
        String user) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final String OCI = "application/vnd.oci.image.";
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    public OciImage {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
        environment = Map.copyOf(environment);
    }

    private record Blob(String digest, long size) {}

    /** Writes the archive, whole or not at all; the folder is made where it is missing. */
    public void write(Path archive) throws IOException {
        Path folder = Files.createDirectories(archive.toAbsolutePath().getParent());
        Path work = Files.createTempDirectory(folder, ".image");
        try {
            Path blobs = Files.createDirectories(work.resolve("layout/blobs/sha256"));
            List<Blob> tars = new ArrayList<>();
            for (Path layer : layers) {
                tars.add(keep(blobs, tar(layer, work.resolve("layer.tar"))));
            }
            Blob config = keep(blobs, json(work, config(tars)));
            Blob manifest = keep(blobs, json(work, manifest(config, tars)));
            Path layout = work.resolve("layout");
            Files.writeString(
                    layout.resolve("oci-layout"),
                    JSON.writeValueAsString(Map.of("imageLayoutVersion", "1.0.0")));
            Files.writeString(
                    layout.resolve("index.json"), JSON.writeValueAsString(index(manifest)));
            Path whole = tar(layout, work.resolve("image.tar"));
            Files.move(whole, archive, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            try (Stream<Path> all = Files.walk(work)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private Map<String, Object> config(List<Blob> tars) {
        Map<String, String> variables = new LinkedHashMap<>(Map.of("PATH", PATH));
        variables.putAll(environment);
        return Map.of(
                "architecture",
                System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
                "os",
                "linux",
                "config",
                Map.of(
                        "Entrypoint",
                        entrypoint,
                        "Env",
                        variables.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .sorted()
                                .toList(),
                        "User",
                        user,
                        "WorkingDir",
                        "/"),
                "rootfs",
                Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        tars.stream().map(tar -> "sha256:" + tar.digest()).toList()));
    }

    private static Map<String, Object> manifest(Blob config, List<Blob> tars) {
        return Map.of(
                "schemaVersion",
                2,
                "mediaType",
                OCI + "manifest.v1+json",
                "config",
                descriptor(OCI + "config.v1+json", config),
                "layers",
                tars.stream().map(tar -> descriptor(OCI + "layer.v1.tar", tar)).toList());
    }

    private Map<String, Object> index(Blob manifest) {
        Map<String, Object> entry =
                new LinkedHashMap<>(descriptor(OCI + "manifest.v1+json", manifest));
        entry.put(
                "annotations",
                Map.of(
                        "io.containerd.image.name",
                        name,
                        "org.opencontainers.image.ref.name",
                        name.substring(name.lastIndexOf(':') + 1)));
        return Map.of("schemaVersion", 2, "manifests", List.of(entry));
    }

    private static Map<String, Object> descriptor(String type, Blob blob) {
        return Map.of("mediaType", type, "digest", "sha256:" + blob.digest(), "size", blob.size());
    }

    private static Path tar(Path folder, Path to) {
        Command.of(
                        "tar",
                        "--create",
                        "--file=" + to,
                        "--directory=" + folder,
                        "--sort=name",
                        "--owner=0",
                        "--group=0",
                        "--numeric-owner",
                        "--mtime=@0",
                        ".")
                .output();
        return to;
    }

    private static Path json(Path work, Object value) throws IOException {
        Path file = work.resolve("blob.json");
        Files.write(file, JSON.writeValueAsBytes(value));
        return file;
    }

    /** Moves a file among the blobs, named by its digest. */
    private static Blob keep(Path blobs, Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream digesting = new DigestInputStream(in, sha)) {
                digesting.transferTo(OutputStream.nullOutputStream());
            }
            String digest = HexFormat.of().formatHex(sha.digest());
            Files.move(file, blobs.resolve(digest), StandardCopyOption.REPLACE_EXISTING);
            return new Blob(digest, size);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
