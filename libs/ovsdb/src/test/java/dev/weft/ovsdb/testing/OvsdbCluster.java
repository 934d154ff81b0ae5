package dev.weft.ovsdb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A real cluster of three {@code ovsdb-server}s with the northbound schema, in a folder of its own
 * under /tmp.
 */
public final class OvsdbCluster implements AutoCloseable {
    private static final String DATABASE = "OVN_Northbound";

    /** A member. */
    public static final class Member {
        private final Path folder;
        private final int port = OvsdbServer.freePort();
        private final int raftPort = OvsdbServer.freePort();
        private Process process;

        private Member(Path folder, List<Member> others) throws IOException {
            this.folder = Files.createDirectory(folder);
            var raft = "tcp:127.0.0.1:" + raftPort;
            if (others.isEmpty()) {
                OvsdbServer.run(
                        "ovsdb-tool",
                        "create-cluster",
                        db(),
                        OvsdbServer.NORTHBOUND.toString(),
                        raft);
            } else {
                OvsdbServer.run(
                        "ovsdb-tool",
                        "join-cluster",
                        db(),
                        DATABASE,
                        raft,
                        "tcp:127.0.0.1:" + others.getFirst().raftPort);
            }
            process = launch();
        }

        private String db() {
            return folder.resolve("db").toString();
        }

        private Process launch() throws IOException {
            return new ProcessBuilder(
                            "ovsdb-server",
                            db(),
                            "--remote=ptcp:" + port + ":127.0.0.1",
                            "--unixctl=" + folder.resolve("ctl"),
                            "--no-chdir",
                            "-vconsole:off",
                            "--log-file=" + folder.resolve("log"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
        }

        public String endpoint() {
            return "tcp:127.0.0.1:" + port;
        }

        public int port() {
            return port;
        }

        public boolean leads() {
            return status().contains("Role: leader");
        }

        /** Whether it has caught up and takes part. */
        public boolean isMember() {
            return status().contains("Status: cluster member");
        }

        private String status() {
            return process.isAlive() && Files.exists(folder.resolve("ctl"))
                    ? control("cluster/status", DATABASE)
                    : "";
        }

        public String control(String... command) {
            var all =
                    new ArrayList<>(List.of("ovs-appctl", "-t", folder.resolve("ctl").toString()));
            all.addAll(List.of(command));
            return OvsdbServer.run(all.toArray(String[]::new));
        }

        /** SIGKILL. */
        public void kill() {
            process.destroyForcibly().onExit().join();
        }

        public void restart() {
            try {
                Files.deleteIfExists(folder.resolve("ctl"));
                process = launch();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Path folder;
    private final List<Member> members = new ArrayList<>();
    private final Thread hook = new Thread(this::destroy);

    private OvsdbCluster() throws IOException {
        folder = Files.createTempDirectory(Path.of("/tmp"), "ovsdbc-");
        Runtime.getRuntime().addShutdownHook(hook);
        for (var i = 0; i < 3; i++) {
            var member = new Member(folder.resolve("m" + i), members);
            members.add(member);
            Waiting.eventually("member " + i + " joins", member::isMember);
        }
        Waiting.eventually("there is a leader", () -> leader().isPresent());
    }

    /** Starts three members and waits until they are a cluster with a leader. */
    public static OvsdbCluster start() {
        try {
            return new OvsdbCluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Member> members() {
        return members;
    }

    public Optional<Member> leader() {
        return members.stream().filter(Member::leads).findFirst();
    }

    /** All endpoints, with commas. */
    public String endpoints() {
        return members.stream().map(Member::endpoint).collect(Collectors.joining(","));
    }

    private void destroy() {
        members.forEach(Member::kill);
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        destroy();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
