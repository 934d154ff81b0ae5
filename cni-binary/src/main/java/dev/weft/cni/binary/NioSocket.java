package dev.weft.cni.binary;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection by NIO. */
final class NioSocket implements UnixSocket {

    private final SocketChannel channel;
    private final Deadline deadline;

    private NioSocket(SocketChannel channel, Deadline deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    /** See {@link UnixSocket.Connector}. */
    static UnixSocket connect(String path, Duration atMost) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        var socket = new NioSocket(channel, Deadline.closing(channel, atMost));
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw socket.timedOutOr(e);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        try {
            for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw timedOutOr(e);
        }
    }

    @Override
    public InputStream input() {
        return new FilterInputStream(Channels.newInputStream(channel)) {
            @Override
            public int read() throws IOException {
                throw new UnsupportedOperationException("read through a buffer");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return super.read(buffer, offset, length);
                } catch (IOException e) {
                    throw timedOutOr(e);
                }
            }
        };
    }

    private IOException timedOutOr(IOException e) {
        return deadline.hasPassed() ? new TimedOut() : e;
    }

    @Override
    public void close() throws IOException {
        deadline.close();
        channel.close();
    }
}
