package dev.weft.lab.kube;

import dev.weft.lab.LabLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Everything that a real API server and its clients need to trust each other: certificates, the
 * admin's token, kubeconfig.
 */
public final class KubeCredentials {
    private final LabLayout layout;
    private final String token;
    private final KubePki pki;

    public KubeCredentials(LabLayout layout, String token) {
        this.layout = layout;
        this.token = token;
        this.pki = new KubePki(layout.file("kube/pki"));
    }

    /** Makes what is missing. */
    public void ensure() {
        try {
            Path folder = Files.createDirectories(layout.file("kube"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            pki.ensure();
            Files.writeString(tokens(), token + ",admin,admin,\"system:masters\"\n");
            Files.writeString(auditPolicy(), AuditLog.POLICY);
            Kubeconfig.write(layout.kubeconfig(), port(), pki.ca(), token);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A kubeconfig for a client with a certificate of its own.
     *
     * @param name of the client's files
     * @param subject who it is, as in {@code /CN=system:kube-scheduler}
     */
    public Path kubeconfig(String name, String subject) {
        pki.ensureClient(name, subject);
        Path file = layout.file("kube/" + name + ".kubeconfig");
        try {
            Kubeconfig.write(
                    file, port(), pki.ca(), pki.clientCertificate(name), pki.clientKey(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Certificates and keys. */
    public KubePki pki() {
        return pki;
    }

    /** The file of static tokens. */
    public Path tokens() {
        return layout.file("kube/tokens.csv");
    }

    /** Which requests the API server notes. */
    public Path auditPolicy() {
        return layout.file("kube/audit-policy.yaml");
    }

    /** Whether the API server says that it is ready. */
    public boolean serverIsReady()
            throws IOException, GeneralSecurityException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port() + "/readyz"))
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    private int port() {
        return layout.port(LabLayout.Port.KUBE_API);
    }

    private SSLContext trust() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(pki.ca())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
