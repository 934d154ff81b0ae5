package dev.weft.cni.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.CniErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CniPluginTest {

    private static final String PREVIOUS =
            """
            "prevResult":{"cniVersion":"1.1.0","interfaces":[{"name":"eth0","sandbox":"/var/run/netns/cni-1"}]}""";

    @TempDir Path directory;

    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new FakeDaemon(directory);
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    private Call call(String command) {
        var call = Call.of(command, "1.1.0", daemon.socket());
        return switch (command) {
            case "CHECK" -> call.withConfig(PREVIOUS);
            case "GC" -> call.withConfig("\"cni.dev/valid-attachments\":[]");
            default -> call;
        };
    }

    private static void assertError(Outcome outcome, CniErrorCode code, String details) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.error().code()).as(outcome.stdout()).isEqualTo(code.value());
        assertThat(outcome.error().details()).contains(details);
    }

    @ParameterizedTest
    @CsvSource({
        "ADD,TRY_AGAIN_LATER",
        "DEL,TRY_AGAIN_LATER",
        "CHECK,TRY_AGAIN_LATER",
        "GC,TRY_AGAIN_LATER",
        "STATUS,PLUGIN_NOT_AVAILABLE"
    })
    void doesNotClaimSuccessWhenTheDaemonIsAway(String command, CniErrorCode code)
            throws IOException {
        daemon.close();
        assertError(
                call(command).inProcess(), code, "no node daemon listens on " + daemon.socket());
    }

    @ParameterizedTest
    @CsvSource({
        "ADD,TRY_AGAIN_LATER",
        "DEL,TRY_AGAIN_LATER",
        "CHECK,TRY_AGAIN_LATER",
        "GC,TRY_AGAIN_LATER",
        "STATUS,PLUGIN_NOT_AVAILABLE"
    })
    void givesUpOnASlowDaemonWhenTheTimeIsOver(String command, CniErrorCode code) {
        daemon.isStuck();
        long start = System.nanoTime();
        assertError(
                call(command).withConfig("\"timeout_seconds\":1").inProcess(), code, "within 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"})
    void asksToTryAgainWhenTheDaemonDiesWhileItWorks(String cut) {
        daemon.answersRaw(cut);
        assertError(call("ADD").inProcess(), CniErrorCode.TRY_AGAIN_LATER, "closed the connection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220 smtp ready\r\n",
                "HTTP/1.1 200 OK\r\n\r\n<html>",
                "HTTP/1.1 200 OK\r\n\r\n{\"ips\":[{\"address\":\"10.0.0.1/8\",\"interface\":7}]}",
                "HTTP/1.1 200 OK\r\n\r\n{\"ips\":{}}",
                "HTTP/1.1 404 Not Found\r\n\r\nResource not found",
                "HTTP/1.1 500 Oops\r\n\r\n{\"error\":\"x\"}",
                "HTTP/1.1 500 Oops\r\n\r\n{\"code\":\"x\",\"msg\":\"y\"}"
            })
    void saysSoWhenSomethingElseAnswersOnTheSocket(String answer) {
        daemon.answersRaw(answer);
        assertError(
                call("ADD").inProcess(), CniErrorCode.BAD_ANSWER, "does server_socket belong to");
    }

    @Test
    void passesOnTheDaemonsErrorInTheVersionOfTheConfiguration() {
        daemon.answers(
                409,
                "{\"cniVersion\":\"1.1.0\",\"code\":102,\"msg\":\"refused\",\"details\":\"ip_address is '1'\"}");
        var outcome = Call.of("ADD", "0.4.0", daemon.socket()).inProcess();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout())
                .isEqualTo(
                        "{\"cniVersion\":\"0.4.0\",\"code\":102,\"msg\":\"refused\",\"details\":\"ip_address is '1'\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEL", "CHECK", "GC", "STATUS"})
    void writesNothingWhenACommandWithoutResultSucceeds(String command) {
        daemon.answers(200, "{}");
        assertThat(call(command).inProcess()).isEqualTo(new Outcome(0, "", ""));
        daemon.answersRaw("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(call(command).inProcess()).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void reportsVersionsWithoutTheDaemon() {
        assertThat(call("VERSION").withStdin("{\"cniVersion\":\"0.4.0\"}").inProcess().stdout())
                .isEqualTo(
                        "{\"cniVersion\":\"0.4.0\",\"supportedVersions\":[\"0.3.1\",\"0.4.0\",\"1.0.0\",\"1.1.0\"]}\n");
        assertThat(call("VERSION").withStdin("").inProcess().stdout())
                .startsWith("{\"cniVersion\":\"1.1.0\"");
        assertThat(daemon.received()).isEmpty();
    }

    @Test
    void reportsAStdinThatCannotBeRead() {
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                };
        var out = new java.io.ByteArrayOutputStream();
        assertThat(CniPlugin.run(call("ADD").environment(), broken, out)).isEqualTo(1);
        assertThat(out.toString()).contains("\"code\":5");
    }

    @Test
    void failsWhenNobodyCanReadTheResult() {
        var full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("full");
                    }
                };
        assertThat(
                        CniPlugin.run(
                                call("VERSION").environment(), InputStream.nullInputStream(), full))
                .isEqualTo(1);
    }
}
