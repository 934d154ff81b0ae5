package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * OVN's northbound and southbound databases and northd, in a namespace of their own on the
 * underlay.
 */
public final class OvnCentral {
    private static final Path SCHEMAS = Path.of("/usr/share/ovn");

    private final Path dir;
    private final NetNs netns;
    private final LabProcess northbound;
    private final LabProcess southbound;
    private final LabProcess northd;

    public OvnCentral(LabLayout layout) {
        this.dir = layout.file("central");
        this.netns = layout.netns("central");
        this.northbound =
                new LabProcess(layout.dir(), "ovn-nb", () -> database("ovn-nb", "nb", 6641));
        this.southbound =
                new LabProcess(layout.dir(), "ovn-sb", () -> database("ovn-sb", "sb", 6642));
        this.northd = new LabProcess(layout.dir(), "ovn-northd", this::northd);
    }

    /** The databases and northd, in the order in which they are started. */
    public List<LabProcess> processes() {
        return List.of(northbound, southbound, northd);
    }

    /** Starts what does not run. */
    public void ensure(Underlay underlay) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        netns.create();
        underlay.plug(netns, "central");
        netns.ip("addr", "replace", Underlay.centralAddress() + "/24", "dev", "eth0");
        create("nb");
        create("sb");
        processes().forEach(LabProcess::start);
        nbctl(
                        "--no-wait",
                        "--",
                        "init",
                        "--",
                        "set",
                        "NB_Global",
                        ".",
                        "options:northd_probe_interval=0")
                .output();
    }

    /** Where clients on this machine reach the northbound database, as OVN's tools write it. */
    public String northboundRemote() {
        return "unix:" + dir.resolve("nb.sock");
    }

    /** Where clients on this machine reach the southbound database. */
    public String southboundRemote() {
        return "unix:" + dir.resolve("sb.sock");
    }

    /** Where the nodes reach the northbound database. */
    public static String northboundForNodes() {
        return "tcp:" + Underlay.centralAddress() + ":6641";
    }

    /** Where the nodes reach the southbound database. */
    public static String southboundForNodes() {
        return "tcp:" + Underlay.centralAddress() + ":6642";
    }

    /** {@code ovn-nbctl} on the right socket. */
    public Command nbctl(String... arguments) {
        return tool("ovn-nbctl", northboundRemote(), arguments);
    }

    /** {@code ovn-sbctl} on the right socket. */
    public Command sbctl(String... arguments) {
        return tool("ovn-sbctl", southboundRemote(), arguments);
    }

    /** Returns when the node has registered itself in the southbound database. */
    public void awaitChassis(String node) {
        sbctl("--timeout=30", "wait-until", "chassis", node).output();
    }

    /** Returns when northd and every node have worked off the northbound database as it is now. */
    public void sync(Duration limit) {
        Poll.until(
                "OVN to be in step",
                limit,
                () -> nbctl("--wait=hv", "--timeout=10", "sync").run().ok());
    }

    private static Command tool(String tool, String remote, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(tool, "--db=" + remote));
        argv.addAll(List.of(arguments));
        return Command.of(argv);
    }

    private void create(String database) {
        Path file = dir.resolve(database + ".db");
        if (!Files.exists(file)) {
            Command.of(
                            "ovsdb-tool",
                            "create",
                            file.toString(),
                            SCHEMAS.resolve("ovn-" + database + ".ovsschema").toString())
                    .output();
        }
    }

    private Launch database(String part, String database, int port) {
        return OvsDaemon.launch(
                part,
                database,
                dir,
                netns,
                true,
                List.of(
                        "ovsdb-server",
                        dir.resolve(database + ".db").toString(),
                        "--remote=punix:" + dir.resolve(database + ".sock"),
                        "--remote=ptcp:" + port + ":0.0.0.0"));
    }

    private Launch northd() {
        return OvsDaemon.launch(
                "ovn-northd",
                "ovn-northd",
                dir,
                netns,
                true,
                List.of(
                        "ovn-northd",
                        "--ovnnb-db=" + northboundRemote(),
                        "--ovnsb-db=" + southboundRemote()));
    }
}
