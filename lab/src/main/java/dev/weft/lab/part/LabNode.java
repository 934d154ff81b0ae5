package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.LabState.NodeEntry;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.NetNs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node: a network namespace with its own Open vSwitch (userspace datapath), ovn-controller, a way
 * to the Kubernetes API, and our daemon. Its underlay address sits on {@code br-phy}, because OVS's
 * own tunnels look routes and neighbours up on OVS bridges only.
 */
public final class LabNode {
    private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";

    private final LabLayout layout;
    private final NodeEntry entry;
    private final Path dir;
    private final NetNs netns;
    private final LabProcess ovsdb;
    private final LabProcess vswitchd;
    private final LabProcess controller;
    private final LabProcess apiForwarder;
    private final LabProcess daemon;

    public LabNode(LabLayout layout, NodeEntry entry, NodeDaemon nodeDaemon) {
        this.layout = layout;
        this.entry = entry;
        this.dir = layout.node(entry.name());
        this.netns = layout.netns(entry.name());
        this.ovsdb = process("ovsdb-server", this::ovsdbServer);
        this.vswitchd = process("ovs-vswitchd", this::ovsVswitchd);
        this.controller = process("ovn-controller", this::ovnController);
        this.apiForwarder = process("api-forwarder", this::apiForwarder);
        this.daemon = process("node-daemon", () -> nodeDaemon.launch(this));
    }

    /** The node's name, in the lab, in Kubernetes and as OVN chassis. */
    public String name() {
        return entry.name();
    }

    /** The node's address on the underlay. */
    public String address() {
        return Underlay.nodeAddress(entry.index());
    }

    /** The node's namespace. */
    public NetNs netns() {
        return netns;
    }

    /** The node's folder. */
    public Path dir() {
        return dir;
    }

    /** Open vSwitch, ovn-controller and the forwarder: what a node has before our daemon. */
    public List<LabProcess> foundation() {
        return List.of(ovsdb, vswitchd, controller, apiForwarder);
    }

    /** Our daemon. */
    public LabProcess daemon() {
        return daemon;
    }

    /** All processes, in the order in which they are started. */
    public List<LabProcess> processes() {
        List<LabProcess> all = new ArrayList<>(foundation());
        all.add(daemon);
        return all;
    }

    /** Makes the node and starts its foundation, where that is not so yet. */
    public void ensure(Underlay underlay) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        netns.create();
        underlay.plug(netns, name());
        // the kernel sees what Open vSwitch reads from eth0, too: it must not answer ARP for br-phy
        // with eth0's MAC, which leads nowhere
        netns.ip("link", "set", "eth0", "arp", "off");
        Path database = dir.resolve("conf.db");
        if (!Files.exists(database)) {
            Command.of("ovsdb-tool", "create", database.toString(), SCHEMA).output();
        }
        if (ovsdb.start()) {
            vsctl("--no-wait", "init").output();
        }
        vswitchd.start();
        controller.start();
        apiForwarder.start();
    }

    /**
     * Takes the node out of the fabric: its row in the southbound database goes too, then
     * processes, namespace, folder.
     */
    public void remove(OvnCentral central) {
        daemon.stop();
        apiForwarder.stop();
        controller.stop();
        central.sbctl("--if-exists", "chassis-del", name()).run();
        vswitchd.stop();
        ovsdb.stop();
        netns.delete();
        Command.of("rm", "-rf", dir.toString()).output();
    }

    /** {@code ovs-vsctl} on this node's database. */
    public Command vsctl(String... arguments) {
        List<String> argv =
                new ArrayList<>(List.of("ovs-vsctl", "--timeout=20", "--db=" + ovsRemote()));
        argv.addAll(List.of(arguments));
        return Command.of(argv);
    }

    /**
     * A tool that finds this node's daemons by the environment, as in {@code ovs-ofctl dump-flows
     * br-int}.
     */
    public Command tool(String... argv) {
        return Command.of(argv).with(OvsDaemon.environment(dir));
    }

    /** Where clients reach this node's Open_vSwitch database. */
    public String ovsRemote() {
        return "unix:" + dir.resolve("db.sock");
    }

    /**
     * Makes the bridges and gives the node its address: taps and routes go when ovs-vswitchd does.
     *
     * <p>Its route to the other nodes is told to Open vSwitch by hand: what it learns from the
     * kernel it forgets and learns anew at each change of any interface, and packets that come in
     * between are lost (two of a thousand while pods come and go).
     */
    private boolean wire() {
        bridges();
        netns.ip("addr", "replace", address() + "/24", "dev", "br-phy");
        netns.ip("link", "set", "br-phy", "up");
        tool(
                        "ovs-appctl",
                        "-t",
                        dir.resolve("ovs-vswitchd.ctl").toString(),
                        "ovs/route/add",
                        Underlay.NODES,
                        "br-phy")
                .output();
        return true;
    }

    private void bridges() {
        // one transaction; the MAC from the address, so that a node that comes back is not a
        // stranger to its neighbours
        vsctl(
                        "--",
                        "--may-exist",
                        "add-br",
                        "br-phy",
                        "--",
                        "set",
                        "bridge",
                        "br-phy",
                        "datapath_type=netdev",
                        "fail-mode=standalone",
                        "other-config:hwaddr=\"" + mac() + "\"",
                        "--",
                        "--may-exist",
                        "add-port",
                        "br-phy",
                        "eth0",
                        "--",
                        "set",
                        "interface",
                        "br-phy",
                        "mtu_request=" + Underlay.MTU,
                        "--",
                        "--may-exist",
                        "add-br",
                        "br-int",
                        "--",
                        "set",
                        "bridge",
                        "br-int",
                        "datapath_type=netdev",
                        "fail-mode=secure",
                        "other-config:disable-in-band=true",
                        "--",
                        "set",
                        "open",
                        ".",
                        "external-ids:system-id=" + name(),
                        "external-ids:hostname=" + name(),
                        "external-ids:ovn-remote=" + OvnCentral.southboundForNodes(),
                        "external-ids:ovn-encap-type=geneve",
                        "external-ids:ovn-encap-ip=" + address(),
                        "external-ids:ovn-bridge-datapath-type=netdev",
                        "external-ids:ovn-remote-probe-interval=0",
                        "external-ids:ovn-openflow-probe-interval=0",
                        "external-ids:ovn-monitor-all=true")
                .output();
    }

    private String mac() {
        return String.format("0a:63:00:00:%02x:%02x", entry.index() >> 8, entry.index() & 0xff);
    }

    private LabProcess process(String file, java.util.function.Supplier<Launch> launch) {
        return new LabProcess(layout.dir(), entry.name() + "/" + file, launch);
    }

    private Launch ovsdbServer() {
        return daemon(
                "ovsdb-server",
                true,
                "ovsdb-server",
                dir.resolve("conf.db").toString(),
                "--remote=punix:" + dir.resolve("db.sock"));
    }

    private Launch ovsVswitchd() {
        return daemon("ovs-vswitchd", true, "ovs-vswitchd", ovsRemote(), "--disable-system-route")
                .readyWhen(this::wire);
    }

    private Launch ovnController() {
        return daemon("ovn-controller", false, "ovn-controller", ovsRemote());
    }

    private Launch daemon(String file, boolean controlOption, String... argv) {
        return OvsDaemon.launch(
                entry.name() + "/" + file, file, dir, netns, controlOption, List.of(argv));
    }

    /**
     * The API server listens on the machine's loopback; in here the same address leads through a
     * unix socket to it.
     */
    private Launch apiForwarder() {
        return KubeForwarder.toSocket(
                        layout, entry.name() + "/api-forwarder", dir.resolve("api-forwarder.log"))
                .inside(netns);
    }
}
