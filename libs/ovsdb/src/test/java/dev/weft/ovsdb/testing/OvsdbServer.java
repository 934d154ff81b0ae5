package dev.weft.ovsdb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real standalone {@code ovsdb-server} with an empty database in a folder of its own under /tmp,
 * listening on a Unix socket and on a free TCP port of 127.0.0.1. Everything goes when it is closed
 * or the JVM ends.
 */
public final class OvsdbServer implements AutoCloseable {
    public static final Path NORTHBOUND = Path.of("/usr/share/ovn/ovn-nb.ovsschema");
    public static final Path SOUTHBOUND = Path.of("/usr/share/ovn/ovn-sb.ovsschema");
    public static final Path OPEN_VSWITCH = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

    private final Path folder;
    private final List<String> extraArguments;
    private final Thread hook = new Thread(this::destroy);
    private @Nullable Process process;
    private int port;

    private OvsdbServer(Path schema, List<String> extraArguments) throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "ovsdb-");
        this.extraArguments = List.copyOf(extraArguments);
        Runtime.getRuntime().addShutdownHook(hook);
        run("ovsdb-tool", "create", database().toString(), schema.toString());
    }

    /** Starts a server for a schema; extra arguments go to {@code ovsdb-server} as they are. */
    public static OvsdbServer start(Path schema, String... extraArguments) {
        try {
            var server = new OvsdbServer(schema, List.of(extraArguments));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static OvsdbServer northbound() {
        return start(NORTHBOUND);
    }

    public static OvsdbServer openVSwitch() {
        return start(OPEN_VSWITCH);
    }

    /** The endpoint of the Unix socket, e.g. {@code unix:/tmp/ovsdb-1/db.sock}. */
    public String unix() {
        return "unix:" + socket();
    }

    /** The endpoint of the TCP port, e.g. {@code tcp:127.0.0.1:41234}. */
    public String tcp() {
        return "tcp:127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public Path socket() {
        return folder.resolve("db.sock");
    }

    public Path folder() {
        return folder;
    }

    public Path database() {
        return folder.resolve("db");
    }

    /** Starts it (again) on the same database and port. */
    public void start() {
        var command =
                new ArrayList<>(
                        List.of(
                                "ovsdb-server",
                                database().toString(),
                                "--remote=punix:" + socket(),
                                "--remote=ptcp:" + port + ":127.0.0.1",
                                "--unixctl=" + folder.resolve("ctl"),
                                "--no-chdir",
                                "-vconsole:off",
                                "--log-file=" + log()));
        command.addAll(extraArguments);
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("out").toFile())
                            .start();
            await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of 127.0.0.1 that nobody listens on just now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it with SIGKILL; the database's file stays. */
    public void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            join(running);
        }
    }

    /** Stops it (SIGSTOP) so that it neither reads nor answers, until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        var running = process;
        if (running != null) {
            run("kill", "-" + name, Long.toString(running.pid()));
        }
    }

    /** Sends a command to the server's control socket and gives its output. */
    public String control(String... command) {
        var all = new ArrayList<>(List.of("ovs-appctl", "-t", folder.resolve("ctl").toString()));
        all.addAll(List.of(command));
        return run(all.toArray(String[]::new));
    }

    /**
     * Runs {@code ovsdb-client} against it and gives its output, e.g. {@code client("dump",
     * "OVN_Northbound")}.
     */
    public String client(String command, String... arguments) {
        var all = new ArrayList<>(List.of("ovsdb-client", command, unix()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        destroy();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private Path log() {
        return folder.resolve("log");
    }

    /**
     * The server writes its log line with the port once it listens; the control socket answers then
     * too.
     */
    private void await() throws IOException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            var running = process;
            if (running == null || !running.isAlive()) {
                throw new IOException(
                        "ovsdb-server ended: "
                                + Files.readString(folder.resolve("out"))
                                + readLog());
            }
            if (Files.exists(folder.resolve("ctl")) && Files.exists(socket())) {
                if (port == 0) {
                    port = listeningPort(running.pid(), String.join(" ", extraArguments));
                }
                if (port != 0) {
                    return;
                }
            }
            pauseBriefly();
        }
        throw new IOException("ovsdb-server does not listen: " + readLog());
    }

    private String readLog() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    /**
     * A TCP port that a process listens on, from /proc, but none that it was told; 0 while there is
     * none.
     */
    static int listeningPort(long pid, String told) throws IOException {
        var inodes = new ArrayList<String>();
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (var descriptor : descriptors.toList()) {
                var target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            }
        }
        for (var line : Files.readAllLines(Path.of("/proc/net/tcp"))) {
            var fields = line.strip().split("\\s+");
            if (fields.length > 9 && fields[3].equals("0A") && inodes.contains(fields[9])) {
                var found = Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16);
                if (!told.contains(":" + found)) {
                    return found;
                }
            }
        }
        return 0;
    }

    private void destroy() {
        kill();
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program and gives its output; fails when it does. */
    public static String run(String... command) {
        try {
            var program = new ProcessBuilder(command).redirectErrorStream(true).start();
            program.getOutputStream().close();
            var output = new String(program.getInputStream().readAllBytes());
            if (program.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void pauseBriefly() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void join(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
