package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;
import static dev.weft.ovsdb.testing.Waiting.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.Backoff;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.Limits;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.TransactionResult;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that are no OVSDB servers, or evil ones, and servers that do not read. */
class HostileServerIT {
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(50), 0.5);
    private static final Limits TIGHT = new Limits(20, 100_000, 10_000_000, 1_000_000);
    private static Vertx vertx;
    private static OvsdbServer server;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = OvsdbServer.northbound();
    }

    @AfterAll
    static void stop() {
        server.close();
        await(vertx.close());
    }

    static List<String> greetings() {
        return List.of(
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "[]",
                "17",
                "{}",
                "{\"id\":1,\"result\":",
                "{\"id\":99,\"result\":{},\"error\":null}",
                "{\"id\":\"x\",\"result\":{},\"error\":null}",
                "{\"id\":{\"a\":[]},\"result\":{},\"error\":null}",
                "{\"method\":7,\"params\":[],\"id\":null}",
                "{\"id\":null,\"method\":\"update2\",\"params\":[\"nobody\",{\"T\":7}]}",
                "{\"id\":null,\"method\":\"update2\",\"params\":{\"T\":{\"no uuid\":7}}}",
                "{\"id\":null,\"method\":\"update3\",\"params\":[]}",
                "{\"id\":null,\"method\":\"update3\",\"params\":[\"nobody\",\"0\",[]]}",
                "{\"id\":2,\"result\":{\"tables\":[]},\"error\":null}",
                "{\"id\":2,\"result\":{\"name\":\"x\",\"version\":\"1\",\"tables\":{\"T\":{\"columns\":{\"c\":{\"type\":\"shoe\"}}}}},\"error\":null}",
                "{\"a\":".repeat(10_000),
                "[".repeat(100_000),
                "{\"id\":1,\"result\":\"" + "x".repeat(2_000_000),
                "{\"id\":1,\"result\":123456789012345678901234567890}",
                "{\"id\":1,\"result\":[1e999999999]}",
                "\u0000\u0001\u0002",
                "{\"id\":1,\"result\":\"\\ud800\\uZZZZ\"}");
    }

    private static NetServer evil(List<String> received, String greeting) {
        var evil = vertx.createNetServer();
        evil.connectHandler(
                socket -> {
                    socket.handler(bytes -> received.add(bytes.toString()));
                    socket.write(Buffer.buffer(greeting));
                });
        return await(evil.listen(0, "127.0.0.1"));
    }

    @ParameterizedTest
    @MethodSource("greetings")
    void leavesAPeerThatBreaksTheProtocolForOneThatDoesNot(String greeting) {
        var received = Collections.synchronizedList(new ArrayList<String>());
        var evil = evil(received, greeting);
        var endpoints = "tcp:127.0.0.1:" + evil.actualPort() + "," + server.tcp();
        var options =
                OvsdbOptions.of(endpoints, Nb.DATABASE)
                        .withConnectTimeout(Duration.ofMillis(500))
                        .withBackoff(QUICK)
                        .withLimits(TIGHT);
        try (var client = OvsdbClient.open(vertx, options)) {
            assertThat(await(client.schema()).name()).isEqualTo(Nb.DATABASE);
        }
        await(evil.close());
    }

    @Test
    void answersRequestsOfTheServer() {
        var received = Collections.synchronizedList(new ArrayList<String>());
        var evil =
                evil(
                        received,
                        "{\"id\":\"echo\",\"method\":\"echo\",\"params\":[1,{\"a\":null}]}"
                                + "{\"id\":5,\"method\":\"reboot\",\"params\":[]}"
                                + "{\"id\":null,\"method\":\"hello\",\"params\":[]}"
                                + "{\"method\":\"hello\"}");
        try (var client =
                OvsdbClient.open(
                        vertx,
                        OvsdbOptions.of("tcp:127.0.0.1:" + evil.actualPort(), Nb.DATABASE))) {
            eventually(
                    "both are answered",
                    () ->
                            String.join("", received)
                                            .contains(
                                                    "{\"error\":null,\"result\":[1,{\"a\":null}],\"id\":\"echo\"}")
                                    && String.join("", received)
                                            .contains(
                                                    "{\"result\":null,\"error\":\"unknown method\",\"id\":5}"));
            assertThat(client.state()).isInstanceOf(ConnectionState.Connecting.class);
        }
        await(evil.close());
    }

    @Test
    void refusesMoreRequestsThanItsLimitsAndCompletesThoseItTook() {
        var options = OvsdbOptions.of(server.unix(), Nb.DATABASE).withLimits(TIGHT);
        try (var client = OvsdbClient.open(vertx, options)) {
            await(client.schema());
            server.pause();
            var answers = new ArrayList<Future<TransactionResult>>();
            for (var i = 0; i < 30; i++) {
                answers.add(client.transact(Nb.addSwitch("s" + i)));
            }
            for (var refused : answers.subList(20, 30)) {
                assertThatThrownBy(() -> await(refused))
                        .isInstanceOf(OvsdbException.Overloaded.class);
            }
            server.resume();
            answers.subList(0, 20).forEach(taken -> await(taken));
        }
    }

    @Test
    void boundsTheBytesThatWaitForASlowServer() {
        var options =
                OvsdbOptions.of(server.unix(), Nb.DATABASE)
                        .withLimits(new Limits(1000, 1_000_000, 10_000_000, 1_000_000));
        try (var client = OvsdbClient.open(vertx, options)) {
            await(client.schema());
            server.pause();
            var answers = new ArrayList<Future<TransactionResult>>();
            var big = Map.of(Nb.SWITCH_NAME, "x".repeat(100_000));
            for (var i = 0; i < 40; i++) {
                answers.add(client.transact(new Transaction().insert(Nb.SWITCH, null, big)));
                await(client.schema()); // gives the event loop a turn to write
            }
            assertThatThrownBy(() -> await(answers.getLast()))
                    .isInstanceOf(OvsdbException.Overloaded.class)
                    .hasMessageContaining("bytes wait");
            server.resume();
            await(answers.getFirst());
        }
    }

    @Test
    void refusesAReplyBiggerThanItsLimits() {
        var options = OvsdbOptions.of(server.unix(), Nb.DATABASE).withBackoff(QUICK);
        try (var client = OvsdbClient.open(vertx, options.withLimits(TIGHT));
                var writer = OvsdbClient.open(vertx, options)) {
            await(writer.schema());
            await(client.schema());
            for (var i = 0; i < 20; i++) {
                await(
                        writer.transact(
                                new Transaction()
                                        .insert(
                                                Nb.SWITCH,
                                                null,
                                                Map.of(Nb.SWITCH_NAME, "x".repeat(100_000)))));
            }
            var select = new Transaction().select(Nb.SWITCH, List.of(), List.of(Nb.SWITCH_NAME));
            assertThatThrownBy(() -> await(client.transact(select)))
                    .isInstanceOf(OvsdbException.Disconnected.class)
                    .hasMessageContaining("a value of more than 1000000 bytes");
            // but the same rows come through a monitor, row by row
            assertThat(await(client.monitor(Nb.everything())).view().rows(Nb.SWITCH))
                    .hasSizeGreaterThanOrEqualTo(20);
            await(writer.transact(new Transaction().delete(Nb.SWITCH, List.of())));
        }
    }
}
