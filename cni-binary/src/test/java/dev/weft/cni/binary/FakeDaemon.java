package dev.weft.cni.binary;

import dev.weft.cni.CniRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A fake: stands for the node daemon, reads requests as the protocol says and answers what the test
 * tells it to.
 */
final class FakeDaemon implements AutoCloseable {

    /** A request as it came. */
    record Received(String requestLine, CniRequest request) {}

    private final ServerSocketChannel server;
    private final Path socket;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile byte @Nullable [] answer = new byte[0];

    FakeDaemon(Path directory) throws IOException {
        socket = directory.resolve("cni.sock");
        server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    Path socket() {
        return socket;
    }

    List<Received> received() {
        return received;
    }

    FakeDaemon answers(int status, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return answersRaw(
                "HTTP/1.1 "
                        + status
                        + " Whatever\r\ncontent-type: application/json\r\ncontent-length: "
                        + bytes.length
                        + "\r\n\r\n"
                        + body);
    }

    /** Sends these bytes and closes the connection. */
    FakeDaemon answersRaw(String text) {
        answer = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Takes requests and never answers. */
    FakeDaemon isStuck() {
        answer = null;
        return this;
    }

    private void serve() {
        try {
            while (true) {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (ClosedChannelException _) {
            // the end of the test
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            received.add(read(new BufferedInputStream(Channels.newInputStream(connection))));
            var bytes = answer;
            if (bytes == null) {
                closed.await();
                return;
            }
            for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                connection.write(buffer);
            }
        } catch (IOException _) {
            // the client went away, as it does when its deadline passes or it has read enough
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Received read(InputStream in) throws IOException {
        var requestLine = line(in);
        int length = -1;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
                length = Integer.parseInt(line.substring("content-length: ".length()));
            }
        }
        return new Received(requestLine, CniRequest.read(in.readNBytes(length)));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("cut");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        Files.deleteIfExists(socket);
    }
}
