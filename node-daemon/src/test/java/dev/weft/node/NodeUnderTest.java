package dev.weft.node;

import dev.weft.kube.Allocation;
import dev.weft.kube.Names;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.lab.host.Command.CommandFailed;
import dev.weft.lab.kube.EmbeddedServerMain;
import dev.weft.net.DualStack;
import dev.weft.net.MacAddress;
import dev.weft.netlink.NetNs;
import dev.weft.netlink.Rtnetlink;
import dev.weft.node.CniClient.Container;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The whole daemon on a node of real parts (OVS, ovn-controller, OVN's databases, northd); only the
 * API server is fabric8's embedded one, and the annotations that IPAM writes and the ports that the
 * VPC service makes are written here.
 */
final class NodeUnderTest implements AutoCloseable {
    /** Of the node's own port. */
    static final String MAC = "0a:00:00:40:00:02";

    private final AtomicInteger numbers = new AtomicInteger(10);
    private final Vertx vertx = Vertx.vertx();
    private final KubernetesMockServer api = EmbeddedServerMain.start(0);
    private final KubernetesClient kubernetes = api.createClient();
    private final RealNode node = new RealNode();
    private final CniClient cni = new CniClient(Path.of(node.path("cni.sock")));
    private NodeAgent agent;

    private NodeUnderTest() throws IOException {}

    /** Starts everything and returns when the daemon takes pods. */
    static NodeUnderTest start() throws IOException {
        var made = new NodeUnderTest();
        try {
            made.begin();
            return made;
        } catch (RuntimeException | IOException e) {
            made.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        topology();
        subnet("join", "100.64.0.0/16,fd00:100:64::/112");
        subnet("ovn-default", "10.16.0.0/16,fd00:10:16::/112");
        kubernetes
                .resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName(RealNode.NAME)
                                .withAnnotations(
                                        allocation("100.64.0.2,fd00:100:64::2", MAC, "join")
                                                .annotations(Names.PRIMARY_PROVIDER))
                                .endMetadata()
                                .withNewStatus()
                                .addNewAddress("10.99.0.11", "InternalIP")
                                .endStatus()
                                .build())
                .create();
        startAgent();
        eventually("ovn0 is there", () -> node.inside("ip", "-br", "link").contains("ovn0"));
        node.startController();
        eventually("the node is ready", () -> cni.status().isSuccess());
    }

    RealNode node() {
        return node;
    }

    CniClient cni() {
        return cni;
    }

    KubernetesClient kubernetes() {
        return kubernetes;
    }

    /** A number that no pod has had. */
    int nextNumber() {
        return numbers.getAndIncrement();
    }

    /** Starts the daemon (again). */
    void startAgent() throws IOException {
        var properties =
                Map.of(
                        "weft.node.name",
                        RealNode.NAME,
                        "weft.node.ovs",
                        "unix:" + node.path("db.sock"),
                        "weft.node.cni-socket",
                        node.path("cni.sock"),
                        "weft.node.sb",
                        "unix:" + node.path("sb.sock"),
                        "weft.node.datapath",
                        "netdev",
                        "weft.node.netns",
                        node.ns().path().toString(),
                        "weft.node.remote-probe-interval",
                        "0",
                        "weft.node.openflow-probe-interval",
                        "0");
        NodeConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(NodeConfig.class)
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .withConverter(Duration.class, 100, Duration::parse)
                        .build()
                        .getConfigMapping(NodeConfig.class);
        agent = new NodeAgent(config, kubernetes, vertx, new SimpleMeterRegistry());
        agent.start();
    }

    void stopAgent() {
        agent.close();
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
        node.close();
        kubernetes.close();
        api.destroy();
        vertx.close();
    }

    /** A router with a switch for the nodes and one for the pods. */
    private void topology() {
        var words =
                """
                -- lr-add r
                -- lrp-add r r-join 0a:00:00:40:00:01 100.64.0.1/16 fd00:100:64::1/112
                -- lrp-add r r-pods 0a:00:00:10:00:01 10.16.0.1/16 fd00:10:16::1/112
                -- ls-add join
                -- lsp-add join join-r
                -- lsp-set-type join-r router
                -- lsp-set-addresses join-r router
                -- lsp-set-options join-r router-port=r-join
                -- ls-add pods
                -- lsp-add pods pods-r
                -- lsp-set-type pods-r router
                -- lsp-set-addresses pods-r router
                -- lsp-set-options pods-r router-port=r-pods
                -- lsp-add join node-it
                """;
        node.nb(words.strip().split("\\s+"));
        node.nb("lsp-set-addresses", "node-it", MAC + " 100.64.0.2 fd00:100:64::2");
    }

    void subnet(String name, String cidrs) {
        kubernetes
                .resource(new Subnet(name, SubnetSpec.builder().cidrBlock(cidrs).build()))
                .create();
    }

    private static Allocation allocation(String addresses, String mac, String subnet) {
        boolean join = subnet.equals("join");
        return new Allocation(
                DualStack.parseAddresses(addresses),
                MacAddress.parse(mac),
                DualStack.parseCidrs(
                        join ? "100.64.0.0/16,fd00:100:64::/112" : "10.16.0.0/16,fd00:10:16::/112"),
                DualStack.parseAddresses(
                        join ? "100.64.0.1,fd00:100:64::1" : "10.16.0.1,fd00:10:16::1"),
                subnet,
                "ovn-cluster");
    }

    /** Returns when it holds; fails when it does not within 30 s. */
    void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s: " + what + "; " + lastStatus());
            }
            Thread.yield();
        }
    }

    private String lastStatus() {
        try {
            return "STATUS: " + cni.status();
        } catch (RuntimeException e) {
            return "no STATUS: " + e;
        }
    }

    /** A pod whose object and namespace are there, and nothing else. */
    TestPod pod() {
        int number = nextNumber();
        String name = "web-" + number;
        var object =
                kubernetes
                        .resource(
                                new PodBuilder()
                                        .withNewMetadata()
                                        .withName(name)
                                        .withNamespace("shop")
                                        .endMetadata()
                                        .withNewSpec()
                                        .withNodeName(RealNode.NAME)
                                        .addNewContainer()
                                        .withName("c")
                                        .withImage("i")
                                        .endContainer()
                                        .endSpec()
                                        .build())
                        .create();
        String id = "%012x".formatted(number) + "0".repeat(52);
        return new TestPod(
                new Container(
                        id, node.podNs("p" + number), "shop", name, object.getMetadata().getUid()),
                "10.16.%d.%d".formatted(number / 256, number % 256),
                "fd00:10:16::" + Integer.toHexString(number),
                "0a:00:00:10:%02x:%02x".formatted(number / 256, number % 256),
                id.substring(0, 12) + "_h");
    }

    /** Annotates the pod as IPAM does. */
    TestPod lease(TestPod pod) {
        return annotate(
                pod,
                allocation(pod.v4() + "," + pod.v6(), pod.mac(), "ovn-default").annotations("ovn"));
    }

    TestPod annotate(TestPod pod, Map<String, String> annotations) {
        kubernetes
                .pods()
                .inNamespace("shop")
                .withName(pod.container().pod())
                .edit(
                        object ->
                                new PodBuilder(object)
                                        .editMetadata()
                                        .addToAnnotations(annotations)
                                        .endMetadata()
                                        .build());
        return pod;
    }

    /** Makes the pod's port in OVN as the VPC service does. */
    TestPod port(TestPod pod) {
        String name = pod.container().pod() + ".shop";
        String addresses = pod.mac() + " " + pod.v4() + " " + pod.v6();
        node.nb(
                "--",
                "lsp-add",
                "pods",
                name,
                "--",
                "lsp-set-addresses",
                name,
                addresses,
                "--",
                "lsp-set-port-security",
                name,
                addresses);
        return pod;
    }

    /** A pod that a runtime can ADD. */
    TestPod readyPod() {
        return port(lease(pod()));
    }

    boolean hasPort(TestPod pod) {
        return node.vsctl("list-ports", "br-int").lines().anyMatch(pod.hostLink()::equals);
    }

    boolean hasLink(TestPod pod) {
        try (Rtnetlink host = Rtnetlink.open(node.ns())) {
            return host.links().find(pod.hostLink()).isPresent();
        }
    }

    boolean pings(NetNs from, String to) {
        try {
            node.in(from, "ping", "-q", "-c1", "-W2", to);
            return true;
        } catch (CommandFailed _) {
            return false;
        }
    }
}
