package dev.weft.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixHttpServerTest {
    @TempDir Path dir;

    private static String post(Path socket, String path, String body) throws IOException {
        try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(socket));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            client.write(
                    ByteBuffer.wrap(
                            ("POST "
                                            + path
                                            + " HTTP/1.1\r\nContent-Length: "
                                            + bytes.length
                                            + "\r\n\r\n"
                                            + body)
                                    .getBytes(StandardCharsets.UTF_8)));
            return new String(
                    Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private record Echo(CountDownLatch served, CountDownLatch until)
            implements UnixHttpServer.Handler {
        @Override
        public HttpResponse handle(HttpRequest request) {
            served.countDown();
            try {
                until.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return HttpResponse.of(200, request.body());
        }

        @Override
        public HttpResponse refuse(int status, String why) {
            return HttpResponse.of(status, why.getBytes(StandardCharsets.UTF_8));
        }
    }

    private UnixHttpServer start(Path socket, int requests, Duration patience) throws IOException {
        return start(
                socket, requests, patience, new Echo(new CountDownLatch(1), new CountDownLatch(0)));
    }

    private UnixHttpServer start(Path socket, int requests, Duration patience, Echo echo)
            throws IOException {
        return UnixHttpServer.start(
                socket, echo, new UnixHttpServer.Limits(1000, requests, patience));
    }

    @Test
    void servesOnASocketThatOnlyItsOwnUserMayUse() throws Exception {
        Path socket = dir.resolve("cni.sock");
        try (var _ = start(socket, 10, Duration.ofSeconds(5))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            assertThat(post(socket, "/v1/add", "hello"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nhello");
            try (var left = Files.list(dir)) {
                assertThat(left).containsExactly(socket);
            }
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void takesThePlaceOfASocketThatWasLeftBehind() throws Exception {
        Path socket = dir.resolve("cni.sock");
        Files.writeString(socket, "left behind");
        try (var _ = start(socket, 10, Duration.ofSeconds(5))) {
            assertThat(post(socket, "/", "x")).contains("200 OK");
        }
    }

    @Test
    void tellsWhoComesTooManyToTryAgain() throws Exception {
        Path socket = dir.resolve("cni.sock");
        var served = new CountDownLatch(1);
        var until = new CountDownLatch(1);
        try (var _ = start(socket, 1, Duration.ofSeconds(5), new Echo(served, until))) {
            var first =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return post(socket, "/", "first");
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            served.await();
            String refused = post(socket, "/", "second");
            until.countDown();

            assertThat(refused).contains("429 Too Many Requests");
            assertThat(first.join()).endsWith("first");
        }
    }

    @Test
    void cutsOffAClientThatDoesNotSend() throws Exception {
        Path socket = dir.resolve("cni.sock");
        try (var _ = start(socket, 1, Duration.ofMillis(50));
                var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(socket));
            client.write(ByteBuffer.wrap("POST /".getBytes(StandardCharsets.US_ASCII)));

            assertThat(Channels.newInputStream(client).readAllBytes()).isEmpty();
            assertThat(post(socket, "/", "next")).contains("200 OK");
        }
    }
}
