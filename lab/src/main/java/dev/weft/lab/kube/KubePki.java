package dev.weft.lab.kube;

import dev.weft.lab.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The certificates and keys of a Kubernetes API: a CA, the API server's certificate for loopback,
 * the key of account tokens.
 */
public final class KubePki {
    private final Path dir;

    KubePki(Path dir) {
        this.dir = dir;
    }

    /** The CA's certificate. */
    public Path ca() {
        return dir.resolve("ca.crt");
    }

    /** The API server's certificate. */
    public Path serverCertificate() {
        return dir.resolve("apiserver.crt");
    }

    /** The API server's key. */
    public Path serverKey() {
        return dir.resolve("apiserver.key");
    }

    /** What service account tokens are signed with. */
    public Path accountKey() {
        return dir.resolve("sa.key");
    }

    /** What service account tokens are checked with. */
    public Path accountPublicKey() {
        return dir.resolve("sa.pub");
    }

    /** Makes what is missing. */
    void ensure() throws IOException {
        if (Files.exists(serverCertificate())) {
            return;
        }
        Files.createDirectories(dir);
        key(dir.resolve("ca.key"));
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                dir.resolve("ca.key").toString(),
                "-subj",
                "/CN=weft-lab-ca",
                "-days",
                "3650",
                "-sha256",
                "-addext",
                "basicConstraints=critical,CA:TRUE",
                "-addext",
                "keyUsage=critical,digitalSignature,keyCertSign,cRLSign",
                "-out",
                ca().toString());
        openssl("genrsa", "-out", accountKey().toString(), "2048");
        openssl(
                "rsa",
                "-in",
                accountKey().toString(),
                "-pubout",
                "-out",
                accountPublicKey().toString());
        key(serverKey());
        Path request = dir.resolve("apiserver.csr");
        Path extensions =
                Files.writeString(
                        dir.resolve("apiserver.ext"),
                        """
                keyUsage=critical,digitalSignature
                extendedKeyUsage=serverAuth,clientAuth
                subjectAltName=IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,\
                DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local
                """);
        openssl(
                "req",
                "-new",
                "-key",
                serverKey().toString(),
                "-subj",
                "/CN=kube-apiserver",
                "-out",
                request.toString());
        openssl(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                ca().toString(),
                "-CAkey",
                dir.resolve("ca.key").toString(),
                "-set_serial",
                "1",
                "-days",
                "3650",
                "-sha256",
                "-extfile",
                extensions.toString(),
                "-out",
                serverCertificate().toString());
    }

    private static void key(Path file) {
        openssl(
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-out",
                file.toString());
    }

    private static void openssl(String... arguments) {
        String[] argv = new String[arguments.length + 1];
        argv[0] = "openssl";
        System.arraycopy(arguments, 0, argv, 1, arguments.length);
        Command.of(argv).output();
    }
}
