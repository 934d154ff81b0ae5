package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.OvsdbServer.run;
import static dev.weft.ovsdb.testing.Waiting.await;
import static dev.weft.ovsdb.testing.Waiting.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.Endpoint;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Tls;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates on both sides, made by openssl. */
class TlsIT {
    @TempDir private static Path folder;
    private static Vertx vertx;
    private static OvsdbServer server;
    private static List<Endpoint> endpoints;

    @BeforeAll
    static void start() {
        authority("ca");
        authority("stranger");
        certificate("server", "ca");
        certificate("client", "ca");
        vertx = Vertx.vertx();
        var port = OvsdbServer.freePort();
        endpoints = Endpoint.parse("ssl:127.0.0.1:" + port);
        server =
                OvsdbServer.start(
                        OvsdbServer.NORTHBOUND,
                        "--remote=pssl:" + port + ":127.0.0.1",
                        "--private-key=" + pem("server-key"),
                        "--certificate=" + pem("server"),
                        "--ca-cert=" + pem("ca"));
    }

    @AfterAll
    static void stop() {
        server.close();
        await(vertx.close());
    }

    private static Path pem(String name) {
        return folder.resolve(name + ".pem");
    }

    private static void authority(String name) {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                pem(name + "-key").toString(),
                "-out",
                pem(name).toString());
    }

    private static void certificate(String name, String authority) {
        var request = folder.resolve(name + ".csr").toString();
        run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                pem(name + "-key").toString(),
                "-out",
                request);
        run(
                "openssl",
                "x509",
                "-req",
                "-in",
                request,
                "-days",
                "2",
                "-CAcreateserial",
                "-CA",
                pem(authority).toString(),
                "-CAkey",
                pem(authority + "-key").toString(),
                "-out",
                pem(name).toString());
    }

    private static OvsdbClient open(Tls tls) {
        return OvsdbClient.open(vertx, OvsdbOptions.of(endpoints, Nb.DATABASE, tls));
    }

    private static void assertRefused(OvsdbClient client) {
        eventually(
                "refused",
                () ->
                        client.state() instanceof ConnectionState.Waiting(var reason)
                                && reason instanceof OvsdbException.Disconnected);
    }

    @Test
    void talksToAServerThatAsksForOurCertificate() {
        try (var client = open(new Tls(pem("ca"), pem("client"), pem("client-key"), false))) {
            var replica = await(client.monitor(Nb.everything()));
            await(client.transact(Nb.addSwitch("s")));
            assertThat(replica.view().find(Nb.SWITCH_NAME, "s")).hasSize(1);
        }
    }

    @Test
    void refusesAServerOfAnUnknownAuthority() {
        try (var client = open(new Tls(pem("stranger"), pem("client"), pem("client-key"), false))) {
            assertRefused(client);
        }
    }

    @Test
    void refusesAServerWhoseCertificateDoesNotNameTheHostWhenAskedToCheck() {
        try (var client = open(new Tls(pem("ca"), pem("client"), pem("client-key"), true))) {
            assertRefused(client);
        }
    }

    @Test
    void isRefusedWithoutACertificateOfItsOwn() {
        try (var client = open(new Tls(pem("ca"), null, null, false))) {
            assertRefused(client);
        }
    }

    @Test
    void saysWhichFileIsMissing() {
        try (var client = open(new Tls(pem("ca"), pem("nobody"), pem("nobody-key"), false))) {
            eventually(
                    "the reason names the file",
                    () ->
                            client.state() instanceof ConnectionState.Waiting(var reason)
                                    && reason.getMessage().contains("nobody"));
        }
    }
}
