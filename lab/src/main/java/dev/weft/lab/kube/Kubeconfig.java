package dev.weft.lab.kube;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Writes kubeconfig files. */
final class Kubeconfig {
    private Kubeconfig() {}

    /** A file for a cluster behind TLS whose CA is known, entered by token. */
    static void write(Path file, int port, Path ca, String token) throws IOException {
        write(file, "https://127.0.0.1:" + port, authority(ca), "{token: " + token + "}");
    }

    /** A file for the same cluster, entered by certificate. */
    static void write(Path file, int port, Path ca, Path certificate, Path key) throws IOException {
        write(
                file,
                "https://127.0.0.1:" + port,
                authority(ca),
                "{client-certificate: " + certificate + ", client-key: " + key + "}");
    }

    private static String authority(Path ca) throws IOException {
        return "certificate-authority-data: "
                + Base64.getEncoder().encodeToString(Files.readAllBytes(ca));
    }

    /** A file for the embedded server: plain HTTP, no authentication. */
    static void writePlain(Path file, int port) throws IOException {
        write(file, "http://127.0.0.1:" + port, "insecure-skip-tls-verify: false", "{token: none}");
    }

    private static void write(Path file, String server, String trust, String credential)
            throws IOException {
        Files.createDirectories(file.getParent());
        Path work = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(work);
        Files.createFile(
                work,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                work,
                """
                apiVersion: v1
                kind: Config
                current-context: weft
                clusters:
                - name: weft
                  cluster:
                    server: %s
                    %s
                users:
                - name: admin
                  user: %s
                contexts:
                - name: weft
                  context:
                    cluster: weft
                    user: admin
                """
                        .formatted(server, trust, credential));
        Files.move(work, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
