package dev.weft.relay;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real etcd and kube-apiserver on loopback. The binaries come from {@code KUBE_ASSETS}, {@code
 * PATH} or {@code ~/.cache/kube-apiserver}.
 */
final class ApiServerProcess implements AutoCloseable {
    private static final String TOKEN = "test-token";

    private final Path folder;
    private final int port;
    private final int etcdPort;
    private final Process etcd;
    private Process server;

    ApiServerProcess() throws IOException {
        folder = Files.createTempDirectory("bus-kube");
        port = Processes.freePort();
        etcdPort = Processes.freePort();
        var peerPort = Processes.freePort();
        var etcdUrl = "http://127.0.0.1:" + etcdPort;
        var peerUrl = "http://127.0.0.1:" + peerPort;
        etcd =
                Processes.start(
                        folder.resolve("etcd.log"),
                        List.of(
                                binary("etcd"),
                                "--data-dir=" + folder.resolve("etcd"),
                                "--listen-client-urls=" + etcdUrl,
                                "--advertise-client-urls=" + etcdUrl,
                                "--listen-peer-urls=" + peerUrl,
                                "--initial-advertise-peer-urls=" + peerUrl,
                                "--initial-cluster=default=" + peerUrl,
                                "--unsafe-no-fsync=true"));
        Processes.awaitPort(etcdPort, etcd, folder.resolve("etcd.log"));
        writeKeys();
        start();
    }

    void start() throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                binary("kube-apiserver"),
                                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + port,
                                "--advertise-address=203.0.113.1",
                                "--cert-dir=" + folder.resolve("certs"),
                                "--service-cluster-ip-range=10.96.0.0/16",
                                "--authorization-mode=RBAC",
                                "--token-auth-file=" + folder.resolve("tokens.csv"),
                                "--service-account-issuer=https://kubernetes.default.svc",
                                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                                "--service-account-key-file=" + folder.resolve("sa.pub"),
                                "--disable-admission-plugins=ServiceAccount",
                                "--watch-cache=true"));
        server = Processes.start(folder.resolve("kube-apiserver.log"), command);
        try (var client = client()) {
            Awaitility.await()
                    .atMost(90, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(
                            () -> {
                                if (!server.isAlive())
                                    throw new AssertionError(
                                            Files.readString(folder.resolve("kube-apiserver.log")));
                                return "ok".equals(client.raw("/readyz"));
                            });
        }
    }

    void kill() {
        Processes.kill(server);
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    String token() {
        return TOKEN;
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder(Config.empty())
                                .withMasterUrl(url())
                                .withOauthToken(TOKEN)
                                .withTrustCerts(true)
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .build();
    }

    @Override
    public void close() {
        kill();
        Processes.kill(etcd);
    }

    private void writeKeys() throws IOException {
        Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,admin,system:masters\n");
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            Files.writeString(
                    folder.resolve("sa.key"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(
                    folder.resolve("sa.pub"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
    }

    private static String binary(String name) {
        return Stream.concat(
                        Stream.of(
                                Optional.ofNullable(System.getenv("KUBE_ASSETS")).orElse("."),
                                System.getProperty("user.home") + "/.cache/kube-apiserver"),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        name
                                                + " is in none of KUBE_ASSETS, ~/.cache/kube-apiserver and PATH: install it"));
    }
}
