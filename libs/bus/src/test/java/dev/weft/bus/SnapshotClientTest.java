package dev.weft.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotClientTest {
    private static final SnapshotHeader HEADER = new SnapshotHeader(Feeds.POD, new UUID(0, 7), 42);
    private static final int OBJECTS = 5_000;

    private HttpServer server;
    private int status = 200;
    private int cutAfterObjects = Integer.MAX_VALUE;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/snapshots/kube.pod",
                exchange -> {
                    exchange.sendResponseHeaders(status, 0);
                    var out = new BufferedOutputStream(exchange.getResponseBody());
                    var writer = new SnapshotWriter(out, HEADER);
                    for (int i = 0; i < OBJECTS && i < cutAfterObjects; i++)
                        writer.entry("ns/" + i, object(i));
                    if (cutAfterObjects > OBJECTS) writer.end();
                    out.flush();
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsWhatTheWriterWrote() throws Exception {
        var got = new HashMap<String, JsonNode>();
        assertThat(client().read(Feeds.POD, got::put)).isEqualTo(HEADER);
        assertThat(got).hasSize(OBJECTS).containsEntry("ns/17", object(17));
    }

    @Test
    void noticesThatAStreamWasCut() {
        cutAfterObjects = 100;
        assertThatThrownBy(() -> client().read(Feeds.POD, (_, _) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut after 100 objects");
    }

    @Test
    void tellsTheStatusOfARefusal() {
        status = 503;
        assertThatThrownBy(() -> client().read(Feeds.POD, (_, _) -> {}))
                .hasMessageContaining("answered 503");
    }

    @Test
    void writesValuesThatNeedQuoting() throws Exception {
        var out = new ByteArrayOutputStream();
        var odd = Json.mapper().valueToTree(Map.of("a\"b", "line\nbreak"));
        new SnapshotWriter(out, HEADER).entry("k\"\n", odd).end();
        var got = new HashMap<String, JsonNode>();
        SnapshotClient.parse(Feeds.POD, new ByteArrayInputStream(out.toByteArray()), got::put);
        assertThat(got).isEqualTo(Map.of("k\"\n", odd));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "no json\n",
                "{\"feed\":\"kube.vpc\",\"epoch\":\"00000000-0000-0000-0000-000000000007\",\"position\":1}\n{\"end\":true,\"count\":0}\n",
                "{\"feed\":\"kube.pod\",\"epoch\":\"7\",\"position\":1}\n{\"end\":true,\"count\":0}\n",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-000000000007\"}\n{\"end\":true,\"count\":0}\n",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-000000000007\",\"position\":1}\n{\"end\":true,\"count\":2}\n",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-000000000007\",\"position\":1}\n{\"end\":true,\"count\":0}",
                "{\"feed\":\"kube.pod\",\"epoch\":\"00000000-0000-0000-0000-000000000007\",\"position\":1}\n{\"key\":1,\"object\":{}}\n"
            })
    void refusesWhatIsNoWholeSnapshot(String text) {
        var in = new ByteArrayInputStream(text.getBytes(UTF_8));
        assertThatThrownBy(() -> SnapshotClient.parse(Feeds.POD, in, (_, _) -> {}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesAnEndlessLine() {
        var in = new ByteArrayInputStream(new byte[SnapshotClient.LONGEST_LINE + 100_000]);
        assertThatThrownBy(() -> SnapshotClient.parse(Feeds.POD, in, (_, _) -> {}))
                .hasMessageContaining("line longer");
    }

    private SnapshotClient client() {
        return new SnapshotClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    }

    private static JsonNode object(int i) {
        return Json.mapper().createObjectNode().put("name", "pod-" + i).put("n", i);
    }
}
