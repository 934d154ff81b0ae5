package dev.weft.node.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP/1.1 on a unix socket of mode 0600 to processes of its own user only (checked by the
 * kernel's word on who connected), one request a connection, each on a virtual thread. More
 * requests than may be served at a time are told so at once; a client that does not send its
 * request in time is cut off.
 */
public final class UnixHttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnixHttpServer.class);

    /** Answers requests; called on virtual threads. */
    public interface Handler {
        HttpResponse handle(HttpRequest request);

        /** The answer to a request that cannot be read or is not allowed. */
        HttpResponse refuse(int status, String why);
    }

    /**
     * @param body longest request body in bytes
     * @param requests how many may be served at a time
     * @param requestTime how long a client may take to send its request
     */
    public record Limits(int body, int requests, Duration requestTime) {}

    private final Path path;
    private final Handler handler;
    private final Limits limits;
    private final ServerSocketChannel server;
    private final UserPrincipal user;
    private final Semaphore places;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("weft-cni-timer").factory());

    private UnixHttpServer(
            Path path,
            Handler handler,
            Limits limits,
            ServerSocketChannel server,
            UserPrincipal user) {
        this.path = path;
        this.handler = handler;
        this.limits = limits;
        this.server = server;
        this.user = user;
        this.places = new Semaphore(limits.requests());
    }

    /** Listens at this path, in the place of a socket that a daemon before left there. */
    public static UnixHttpServer start(Path path, Handler handler, Limits limits)
            throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        // In a directory that only we may enter, the socket is never open to others, not even
        // between bind and chmod.
        Path hidden =
                Files.createTempDirectory(
                        parent,
                        ".w",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Path made = hidden.resolve("s");
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // more than are served, so that those who are too many get an answer and not a full
            // queue
            server.bind(UnixDomainSocketAddress.of(made), 2 * limits.requests());
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
            Files.move(
                    made,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            server.close();
            Files.deleteIfExists(made);
            throw e;
        } finally {
            Files.deleteIfExists(hidden);
        }
        var http = new UnixHttpServer(path, handler, limits, server, Files.getOwner(path));
        Thread.ofVirtual().name("cni-accept").start(http::accept);
        return http;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().name("cni-request").start(() -> serve(client));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.warn("accepting on {} failed: {}", path, e.toString());
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            write(client, answer(client));
        } catch (IOException e) {
            LOG.debug("connection lost: {}", e.toString());
        }
    }

    private HttpResponse answer(SocketChannel client) throws IOException {
        var peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED);
        if (!peer.user().equals(user)) {
            return handler.refuse(
                    403, "only " + user.getName() + " may ask, not " + peer.user().getName());
        }
        HttpRequest request;
        try {
            request = read(client);
        } catch (HttpException e) {
            return handler.refuse(e.status(), e.getMessage());
        }
        if (!places.tryAcquire()) {
            return handler.refuse(429, limits.requests() + " requests are being served already");
        }
        try {
            return handler.handle(request);
        } finally {
            places.release();
        }
    }

    private HttpRequest read(SocketChannel client) throws IOException, HttpException {
        var cut =
                timer.schedule(
                        () -> close(client),
                        limits.requestTime().toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            return new HttpReader(client, limits.body()).read();
        } finally {
            cut.cancel(false);
        }
    }

    private static void write(SocketChannel client, HttpResponse response) throws IOException {
        var bytes = ByteBuffer.wrap(response.toBytes());
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("closing a slow connection failed: {}", e.toString());
        }
    }

    /** Stops listening; requests being served go on. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("closing {} failed: {}", path, e.toString());
        }
    }
}
