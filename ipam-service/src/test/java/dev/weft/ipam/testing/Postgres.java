package dev.weft.ipam.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on one port and folder, so that it can be killed and started again with what it
 * had.
 */
public final class Postgres implements AutoCloseable {

    private final Path data;
    private final int port;
    private @Nullable EmbeddedPostgres server;

    public Postgres() {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
            data = Files.createTempDirectory("ipam-postgres-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** {@code postgresql://…} for reactive clients. */
    public String url() {
        return "postgresql://localhost:" + port + "/postgres";
    }

    /** Starts it (again) and waits until it answers. */
    public void start() {
        for (int attempt = 1; ; attempt++) {
            try {
                server =
                        EmbeddedPostgres.builder()
                                .setPort(port)
                                .setDataDirectory(data)
                                .setCleanDataDirectory(false)
                                .setPGStartupWait(Duration.ofSeconds(30))
                                .setServerConfig("fsync", "off")
                                .start();
                return;
            } catch (IOException | IllegalStateException e) {
                if (attempt == 20) {
                    throw new IllegalStateException(e);
                }
                // the killed one's children may not have ended yet
                pause();
            }
        }
    }

    /** SIGKILL to all its processes. */
    public void kill() {
        try {
            long pid =
                    Long.parseLong(
                            Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
            var process = ProcessHandle.of(pid).orElseThrow();
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().get(10, TimeUnit.SECONDS);
            close(); // gives up its lock on the folder, which stays
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
