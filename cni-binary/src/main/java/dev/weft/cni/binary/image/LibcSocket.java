package dev.weft.cni.binary.image;

import dev.weft.cni.binary.UnixSocket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.graalvm.nativeimage.PinnedObject;

/**
 * A connection by the C library's calls. The kernel keeps the time: each call may take what is left
 * of it.
 */
final class LibcSocket implements UnixSocket {

    private static final short AF_UNIX = 1;
    private static final int SOCK_STREAM_CLOEXEC = 1 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int EAGAIN = 11;

    private final int fd;
    private final long end;

    private LibcSocket(int fd, long end) {
        this.fd = fd;
        this.end = end;
    }

    /** See {@link UnixSocket.Connector}; the path is known to fit in a socket's address. */
    static UnixSocket connect(String path, Duration atMost) throws IOException {
        int fd = Libc.socket(AF_UNIX, SOCK_STREAM_CLOEXEC, 0);
        if (fd < 0) {
            throw Libc.failure();
        }
        var socket = new LibcSocket(fd, System.nanoTime() + atMost.toNanos());
        try {
            socket.connect(path);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void connect(String path) throws IOException {
        limit(SO_SNDTIMEO);
        var name = path.getBytes(StandardCharsets.UTF_8);
        // struct sockaddr_un: the family, then the path with its end
        var address =
                ByteBuffer.allocate(2 + name.length + 1)
                        .order(ByteOrder.nativeOrder())
                        .putShort(AF_UNIX)
                        .put(name)
                        .array();
        try (var pinned = PinnedObject.create(address)) {
            if (Libc.connect(fd, pinned.addressOfArrayElement(0), address.length) != 0) {
                throw timedOutOr(Libc.failure());
            }
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        for (int sent = 0; sent < bytes.length; ) {
            limit(SO_SNDTIMEO);
            try {
                sent +=
                        Libc.transfer(
                                bytes,
                                sent,
                                bytes.length - sent,
                                (at, length) -> Libc.send(fd, at, length, MSG_NOSIGNAL));
            } catch (Libc.Failure e) {
                throw timedOutOr(e);
            }
        }
    }

    @Override
    public InputStream input() {
        return new FdInput(fd) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                limit(SO_RCVTIMEO);
                try {
                    return super.read(buffer, offset, length);
                } catch (Libc.Failure e) {
                    throw timedOutOr(e);
                }
            }
        };
    }

    /** Lets the next call wait until the end and no longer. */
    private void limit(int option) throws IOException {
        long micros = (end - System.nanoTime()) / 1000;
        if (micros <= 0) {
            throw new TimedOut();
        }
        var timeval = new long[] {micros / 1_000_000, micros % 1_000_000};
        try (var pinned = PinnedObject.create(timeval)) {
            if (Libc.setsockopt(fd, SOL_SOCKET, option, pinned.addressOfArrayElement(0), 16) != 0) {
                throw Libc.failure();
            }
        }
    }

    private static IOException timedOutOr(Libc.Failure e) {
        return e.is(EAGAIN) ? new TimedOut() : e;
    }

    @Override
    public void close() {
        int _ = Libc.close(fd); // it is given back whatever this says
    }
}
