package dev.weft.ovsdb.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A TCP proxy in front of a server that cuts connections and changes, delays or cuts up what goes
 * through.
 */
public final class FaultyProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int targetPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile UnaryOperator<byte[]> toServer = UnaryOperator.identity();
    private volatile UnaryOperator<byte[]> toClient = UnaryOperator.identity();
    private volatile int pieceBytes = 64 * 1024;
    private volatile boolean refusing;

    public FaultyProxy(int targetPort) {
        this.targetPort = targetPort;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String endpoint() {
        return "tcp:127.0.0.1:" + listening.getLocalPort();
    }

    /** Changes what the client sends, piece by piece. */
    public void changeToServer(UnaryOperator<byte[]> change) {
        toServer = change;
    }

    /** Changes what the server sends, piece by piece. */
    public void changeToClient(UnaryOperator<byte[]> change) {
        toClient = change;
    }

    /** Passes on at most so many bytes at a time. */
    public void cutIntoPieces(int bytes) {
        pieceBytes = bytes;
    }

    /** Accepts no connection any more, or again. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Cuts all connections, with a reset. */
    public void cut() {
        for (var socket : open) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException _) {
                // closed already
            }
        }
        open.clear();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, true));
                Thread.ofVirtual().start(() -> pump(server, client, false));
            } catch (IOException _) {
                // closed, or the server is not there: the client sees its connection end
            }
        }
    }

    private void pump(Socket from, Socket to, boolean forward) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[64 * 1024];
            for (var length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                var change = forward ? toServer : toClient;
                var bytes = change.apply(Arrays.copyOf(buffer, length));
                for (var at = 0; at < bytes.length; at += pieceBytes) {
                    out.write(bytes, at, Math.min(pieceBytes, bytes.length - at));
                    out.flush();
                }
            }
        } catch (IOException _) {
            // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
