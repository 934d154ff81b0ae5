package dev.weft.cni.binary;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A connection to a unix socket, as much of one as a post needs. There are two: {@link NioSocket}
 * for a JVM, and one on the C library's own calls for the native executable, which neither needs
 * NIO's start-up nor a thread that watches the time.
 */
public interface UnixSocket extends Closeable {

    /** Makes connections. */
    @FunctionalInterface
    interface Connector {
        /**
         * Connects to the socket of this path; when {@code atMost} has passed, whatever is still
         * waited for on the connection fails with {@link TimedOut}.
         */
        UnixSocket connect(String path, Duration atMost) throws IOException;
    }

    /** The connection's time is over. */
    final class TimedOut extends IOException {
        private static final long serialVersionUID = 1L;

        public TimedOut() {
            super("timed out");
        }
    }

    /** Sends all of it. */
    void write(byte[] bytes) throws IOException;

    /** What the other side sends. */
    InputStream input();
}
