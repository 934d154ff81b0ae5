package dev.weft.lab.kube;

import dev.weft.lab.host.Command;
import dev.weft.lab.part.Underlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The certificates and keys of a Kubernetes API: a CA, the API server's certificate for loopback
 * and the underlay, the key of account tokens.
 */
public final class KubePki {
    private static final SecureRandom RANDOM = new SecureRandom();

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

    /** The certificate by which a client is known; its key is {@link #clientKey}. */
    public Path clientCertificate(String name) {
        return dir.resolve(name + ".crt");
    }

    /** The key of a client's certificate. */
    public Path clientKey(String name) {
        return dir.resolve(name + ".key");
    }

    /**
     * Makes a client's certificate unless it is there.
     *
     * @param name of the files
     * @param subject who it is, as in {@code /O=system:nodes/CN=system:node:n1}
     */
    public void ensureClient(String name, String subject) {
        if (Files.exists(clientCertificate(name))) {
            return;
        }
        try {
            key(clientKey(name));
            sign(
                    name,
                    subject,
                    """
                    keyUsage=critical,digitalSignature
                    extendedKeyUsage=clientAuth
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        sign(
                "apiserver",
                "/CN=kube-apiserver",
                """
                keyUsage=critical,digitalSignature
                extendedKeyUsage=serverAuth,clientAuth
                subjectAltName=IP:127.0.0.1,IP:10.96.0.1,IP:%s,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,\
                DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local
                """
                        .formatted(Underlay.apiAddress()));
    }

    private void sign(String name, String subject, String extensions) throws IOException {
        Path request = dir.resolve(name + ".csr");
        Path file = Files.writeString(dir.resolve(name + ".ext"), extensions);
        openssl(
                "req",
                "-new",
                "-key",
                dir.resolve(name + ".key").toString(),
                "-subj",
                subject,
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
                "0x" + HexFormat.of().toHexDigits(RANDOM.nextLong() >>> 1),
                "-days",
                "3650",
                "-sha256",
                "-extfile",
                file.toString(),
                "-out",
                dir.resolve(name + ".crt").toString());
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
