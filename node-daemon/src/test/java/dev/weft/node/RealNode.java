package dev.weft.node;

import dev.weft.lab.host.Command;
import dev.weft.lab.host.Poll;
import dev.weft.lab.host.ProcFs;
import dev.weft.netlink.NetNs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node made of real parts in a network namespace of its own: OVS with the userspace datapath and
 * ovn-controller; and OVN's central databases with northd beside it, on unix sockets. Everything
 * lies in one folder and is gone after {@link #close}.
 */
final class RealNode implements AutoCloseable {
    static final String NAME = "it";

    private static final Duration TO_END = Duration.ofSeconds(5);

    private final Path dir;
    private final NetNs ns;
    private final Deque<NetNs> pods = new ArrayDeque<>();

    RealNode() throws IOException {
        dir = Files.createTempDirectory("node-it-");
        ns = NetNs.create("node-it-" + ProcessHandle.current().pid());
        try {
            startCentral();
            startNode();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startCentral() {
        for (String db : List.of("nb", "sb")) {
            run(
                    "ovsdb-tool",
                    "create",
                    path(db + ".db"),
                    "/usr/share/ovn/ovn-" + db + ".ovsschema");
            daemon(db, "ovsdb-server", path(db + ".db"), "--remote=punix:" + path(db + ".sock"));
        }
        nb("--no-wait", "init");
        sb("--no-leader-only", "init");
        daemon(
                "northd",
                "ovn-northd",
                "--ovnnb-db=unix:" + path("nb.sock"),
                "--ovnsb-db=unix:" + path("sb.sock"));
    }

    private void startNode() {
        run("ovsdb-tool", "create", path("conf.db"), "/usr/share/openvswitch/vswitch.ovsschema");
        startDatabase();
        vsctl("--no-wait", "init");
        startVswitchd();
        vsctl(
                "--",
                "add-br",
                "br-phy",
                "--",
                "set",
                "bridge",
                "br-phy",
                "datapath_type=netdev",
                "--",
                "set",
                "interface",
                "br-phy",
                "mtu_request=1600");
        inside("ip", "link", "set", "lo", "up");
        inside("ip", "addr", "add", "10.99.0.11/24", "dev", "br-phy");
        inside("ip", "link", "set", "br-phy", "up");
    }

    void startDatabase() {
        daemon(
                "ovsdb-server",
                "ovsdb-server",
                path("conf.db"),
                "--remote=punix:" + path("db.sock"));
    }

    void startVswitchd() {
        daemon("ovs-vswitchd", "ovs-vswitchd", "unix:" + path("db.sock"));
    }

    /** After the daemon under test has made the node known. */
    void startController() {
        daemon("ovn-controller", "ovn-controller", "unix:" + path("db.sock"));
    }

    NetNs ns() {
        return ns;
    }

    String path(String file) {
        return dir.resolve(file).toString();
    }

    /** A namespace for a pod; gone after the test at the latest. */
    NetNs podNs(String name) {
        NetNs pod = NetNs.create("node-it-" + ProcessHandle.current().pid() + "-" + name);
        pods.push(pod);
        return pod;
    }

    String nb(String... arguments) {
        return run(concat(List.of("ovn-nbctl", "--db=unix:" + path("nb.sock")), arguments));
    }

    String sb(String... arguments) {
        return run(concat(List.of("ovn-sbctl", "--db=unix:" + path("sb.sock")), arguments));
    }

    String vsctl(String... arguments) {
        return run(
                concat(
                        List.of("ovs-vsctl", "--timeout=10", "--db=unix:" + path("db.sock")),
                        arguments));
    }

    /** Runs a command in the node's namespace. */
    String inside(String... command) {
        return in(ns, command);
    }

    String in(NetNs where, String... command) {
        return run(concat(List.of("nsenter", "--net=" + where.path()), command));
    }

    private void daemon(String name, String... command) {
        var all = new ArrayList<>(List.of("nsenter", "--net=" + ns.path()));
        all.addAll(Arrays.asList(command));
        all.addAll(
                List.of(
                        "-vconsole:off",
                        "--log-file=" + path(name + ".log"),
                        "--pidfile=" + path(name + ".pid"),
                        "--detach",
                        "--no-chdir"));
        if (!name.equals("ovn-controller")) {
            all.add("--unixctl=" + path(name + ".ctl"));
        }
        run(all);
    }

    private static List<String> concat(List<String> first, String... rest) {
        return Stream.concat(first.stream(), Stream.of(rest)).toList();
    }

    private String run(String... command) {
        return run(List.of(command));
    }

    private String run(List<String> command) {
        var folders =
                Stream.of("OVS_RUNDIR", "OVN_RUNDIR", "OVS_LOGDIR", "OVN_LOGDIR", "OVS_DBDIR")
                        .collect(Collectors.toMap(name -> name, _ -> dir.toString()));
        return Command.of(command).with(folders).output();
    }

    /** Stops a daemon of the node and waits until it is gone. */
    void stop(String name) {
        kill(Path.of(path(name + ".pid")));
    }

    private static void kill(Path pidFile) {
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            ProcFs.signal(pid, "TERM");
            Poll.until("the end of " + pidFile, TO_END, () -> !ProcFs.alive(pid));
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pods.forEach(NetNs::delete);
        try (var files = Files.list(dir)) {
            files.filter(file -> file.toString().endsWith(".pid"))
                    .sorted((a, b) -> b.compareTo(a))
                    .forEach(RealNode::kill);
            ns.delete();
            if (Boolean.getBoolean("weft.test.keep")) {
                return;
            }
            try (var rest = Files.walk(dir)) {
                for (Path path : rest.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
