package dev.weft.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The floor under every OVSDB client: a blocking Unix socket that writes prepared bytes and counts
 * the replies by their braces, without reading what they say.
 */
final class RawJsonRpc implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private int depth;
    private boolean inString;
    private boolean escaped;

    RawJsonRpc(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        buffer.flip();
    }

    static byte[] transact(int id, String database, String operations) {
        var params = "[\"" + database + "\"," + operations.substring(1);
        return ("{\"id\":" + id + ",\"method\":\"transact\",\"params\":" + params + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    void write(byte[] request) throws IOException {
        var bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads to the end of the next message. */
    void await() throws IOException {
        while (true) {
            while (buffer.hasRemaining()) {
                if (endsMessage((char) buffer.get())) {
                    return;
                }
            }
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new EOFException("the server closed the connection");
            }
            buffer.flip();
        }
    }

    private boolean endsMessage(char c) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                inString = false;
            }
            return false;
        }
        switch (c) {
            case '"' -> inString = true;
            case '{' -> depth++;
            case '}' -> {
                depth--;
                return depth == 0;
            }
            default -> {}
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
