package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.CniResult;
import dev.weft.kube.Allocation;
import dev.weft.kube.Names;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.net.DualStack;
import dev.weft.net.MacAddress;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.NetNs;
import dev.weft.netlink.Rtnetlink;
import dev.weft.node.CniClient.Container;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole daemon on a node of real parts (OVS, ovn-controller, OVN's databases, northd); only the
 * API server is fabric8's embedded one, and the annotations that IPAM writes and the ports that the
 * VPC service makes are written by the test.
 */
class NodeAgentIT {
    private static final String NODE_MAC = "0a:00:00:40:00:02";
    private static final AtomicInteger NUMBER = new AtomicInteger(10);

    private static EmbeddedApi api;
    private static KubernetesClient kubernetes;

    private static Vertx vertx;
    private static RealNode node;
    private static NodeAgent agent;
    private static CniClient cni;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        api = new EmbeddedApi();
        kubernetes = api.client();
        node = new RealNode();
        topology();
        subnet("join", "100.64.0.0/16,fd00:100:64::/112");
        subnet("ovn-default", "10.16.0.0/16,fd00:10:16::/112");
        kubernetes
                .resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName(RealNode.NAME)
                                .withAnnotations(
                                        allocation("100.64.0.2,fd00:100:64::2", NODE_MAC, "join")
                                                .annotations(Names.PRIMARY_PROVIDER))
                                .endMetadata()
                                .withNewStatus()
                                .addNewAddress("10.99.0.11", "InternalIP")
                                .endStatus()
                                .build())
                .create();
        agent = startAgent();
        eventually("ovn0 is there", () -> node.inside("ip", "-br", "link").contains("ovn0"));
        node.startController();
        cni = new CniClient(Path.of(node.path("cni.sock")));
        eventually("the node is ready", () -> cni.status().isSuccess());
    }

    @AfterAll
    static void stop() {
        if (agent != null) {
            agent.close();
        }
        if (node != null) {
            node.close();
        }
        api.close();
        vertx.close();
    }

    private static NodeAgent startAgent() throws IOException {
        var properties =
                new HashMap<>(
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
                                "0"));
        NodeConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(NodeConfig.class)
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .withConverter(Duration.class, 100, Duration::parse)
                        .build()
                        .getConfigMapping(NodeConfig.class);
        var started = new NodeAgent(config, kubernetes, vertx, new SimpleMeterRegistry());
        started.start();
        return started;
    }

    private static void topology() {
        node.nb(
                "--",
                "lr-add",
                "r", //
                "--",
                "lrp-add",
                "r",
                "r-join",
                "0a:00:00:40:00:01",
                "100.64.0.1/16",
                "fd00:100:64::1/112", //
                "--",
                "lrp-add",
                "r",
                "r-pods",
                "0a:00:00:10:00:01",
                "10.16.0.1/16",
                "fd00:10:16::1/112", //
                "--",
                "ls-add",
                "join",
                "--",
                "ls-add",
                "pods", //
                "--",
                "lsp-add",
                "join",
                "join-r",
                "--",
                "lsp-set-type",
                "join-r",
                "router", //
                "--",
                "lsp-set-addresses",
                "join-r",
                "router",
                "--",
                "lsp-set-options",
                "join-r",
                "router-port=r-join", //
                "--",
                "lsp-add",
                "pods",
                "pods-r",
                "--",
                "lsp-set-type",
                "pods-r",
                "router", //
                "--",
                "lsp-set-addresses",
                "pods-r",
                "router",
                "--",
                "lsp-set-options",
                "pods-r",
                "router-port=r-pods", //
                "--",
                "lsp-add",
                "join",
                "node-it",
                "--",
                "lsp-set-addresses",
                "node-it",
                NODE_MAC + " 100.64.0.2 fd00:100:64::2");
    }

    private static void subnet(String name, String cidrs) {
        SubnetSpec spec =
                kubernetes
                        .getKubernetesSerialization()
                        .unmarshal("{\"cidrBlock\": \"" + cidrs + "\"}", SubnetSpec.class);
        kubernetes.resource(new Subnet(name, spec)).create();
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

    private static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "not within 30 s: "
                                + what
                                + (cni == null ? "" : "; STATUS: " + cni.status()));
            }
            Thread.yield();
        }
    }

    /** A pod of the test: its object, its port in OVN, its namespace. */
    private record TestPod(
            Container container, String v4, String v6, String mac, String hostLink) {}

    private static TestPod pod() {
        int number = NUMBER.getAndIncrement();
        String name = "web-" + number;
        Pod object =
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
                "10.16.0." + number,
                "fd00:10:16::" + Integer.toHexString(number),
                "0a:00:00:10:00:%02x".formatted(number),
                id.substring(0, 12) + "_h");
    }

    private static TestPod lease(TestPod pod) {
        Map<String, String> annotations =
                allocation(pod.v4() + "," + pod.v6(), pod.mac(), "ovn-default").annotations("ovn");
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

    private static TestPod port(TestPod pod) {
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

    private static TestPod readyPod() {
        return port(lease(pod()));
    }

    private static boolean hasPort(TestPod pod) {
        return node.vsctl("list-ports", "br-int").lines().anyMatch(pod.hostLink()::equals);
    }

    private static boolean hasLink(TestPod pod) {
        try (Rtnetlink host = Rtnetlink.open(node.ns())) {
            return host.links().find(pod.hostLink()).isPresent();
        }
    }

    private static boolean pings(NetNs from, String to) {
        try {
            node.in(from, "ping", "-q", "-c1", "-W2", to);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Test
    void registersTheNode() {
        assertThat(node.vsctl("get", "open", ".", "external_ids"))
                .contains(
                        "system-id=it",
                        "ovn-encap-ip=\"10.99.0.11\"",
                        "ovn-encap-type=geneve",
                        "ovn-bridge-datapath-type=netdev",
                        "ovn-monitor-all=\"true\"");
        assertThat(node.vsctl("get", "bridge", "br-int", "fail_mode", "datapath_type").lines())
                .containsExactly("secure", "netdev");
        assertThat(node.sb("get", "chassis", "it", "hostname")).isEqualTo("it");
        eventually(
                "the Node tells its chassis",
                () ->
                        "it"
                                .equals(
                                        kubernetes
                                                .nodes()
                                                .withName("it")
                                                .get()
                                                .getMetadata()
                                                .getAnnotations()
                                                .get("ovn.kubernetes.io/chassis")));
        assertThat(node.inside("ip", "-4", "route"))
                .contains("10.16.0.0/16 via 100.64.0.1 dev ovn0 proto 87 src 100.64.0.2");
        assertThat(node.inside("ip", "-6", "route"))
                .contains(
                        "fd00:10:16::/112 via fd00:100:64::1 dev ovn0 proto 87 src fd00:100:64::2");
        assertThat(node.inside("ip", "link", "show", "ovn0")).contains("mtu 1500", NODE_MAC);
        eventually("the node reaches the router", () -> pings(node.ns(), "100.64.0.1"));
    }

    @Test
    void plugsAPodThatCanTalkWhenAddReturns() throws Exception {
        TestPod one = readyPod();
        TestPod two = readyPod();

        CniResult result = cni.add(one.container()).result();
        cni.add(two.container()).result();

        assertThat(result.interfaces())
                .extracting(i -> i.name())
                .containsExactly(one.hostLink(), "eth0");
        assertThat(result.interfaces().get(1).mac()).isEqualTo(one.mac());
        assertThat(result.interfaces().get(1).mtu()).isEqualTo(1500);
        assertThat(result.ips())
                .extracting(ip -> ip.address())
                .containsExactly(one.v4() + "/16", one.v6() + "/112");
        assertThat(pings(one.container().ns(), two.v4())).isTrue();
        assertThat(pings(one.container().ns(), two.v6())).isTrue();
        assertThat(pings(two.container().ns(), "10.16.0.1")).isTrue();
        eventually(
                "the node reaches the pod",
                () -> pings(node.ns(), one.v4()) && pings(node.ns(), one.v6()));
        assertThat(talkTcp(node.ns(), one.container().ns(), one.v4())).isEqualTo(42);
        assertThat(talkTcp(two.container().ns(), one.container().ns(), one.v6())).isEqualTo(42);
        assertThat(node.vsctl("get", "interface", one.hostLink(), "external_ids"))
                .contains(
                        "iface-id=" + one.container().pod() + ".shop",
                        "pod_namespace=shop",
                        "vendor=weft",
                        "ip=\"" + one.v4() + "," + one.v6() + "\"");
    }

    /** TCP shows whether checksums are right; ping does not. */
    private static int talkTcp(NetNs from, NetNs to, String address) throws Exception {
        try (ServerSocket server = to.call(() -> new ServerSocket(0))) {
            var answered =
                    CompletableFuture.runAsync(
                            () -> {
                                try (Socket accepted = server.accept()) {
                                    accepted.getOutputStream().write(42);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            try (Socket client =
                    from.call(
                            () -> {
                                var socket = new Socket();
                                socket.connect(
                                        new InetSocketAddress(address, server.getLocalPort()),
                                        5000);
                                return socket;
                            })) {
                client.setSoTimeout(5000);
                int read = client.getInputStream().read();
                answered.get(5, TimeUnit.SECONDS);
                return read;
            }
        }
    }

    @Test
    void answersASecondAddOfAContainerTheSameAndWritesNothing() {
        TestPod pod = readyPod();
        CniResult first = cni.add(pod.container()).result();
        String before = node.vsctl("get", "interface", pod.hostLink(), "_uuid", "external_ids");

        CniResult second = cni.add(pod.container()).result();

        assertThat(second).isEqualTo(first);
        assertThat(node.vsctl("get", "interface", pod.hostLink(), "_uuid", "external_ids"))
                .isEqualTo(before);
    }

    @Test
    void takesAwayWhatAddMadeHoweverOftenItIsAsked() {
        TestPod pod = readyPod();
        cni.add(pod.container()).result();

        assertThat(cni.del(pod.container()).isSuccess()).isTrue();
        assertThat(hasPort(pod)).isFalse();
        assertThat(hasLink(pod)).isFalse();
        assertThat(cni.del(pod.container()).isSuccess()).isTrue();
        assertThat(cni.del(new Container("never-seen", null, "shop", "x", null)).isSuccess())
                .isTrue();
    }

    @Test
    void takesThePortAwayThoughTheNamespaceIsGone() {
        TestPod pod = readyPod();
        cni.add(pod.container()).result();
        node.podNs("unused").delete();
        pod.container().ns().delete();

        assertThat(
                        cni.del(
                                        new Container(
                                                pod.container().id(),
                                                null,
                                                "shop",
                                                pod.container().pod(),
                                                null))
                                .isSuccess())
                .isTrue();
        assertThat(hasPort(pod)).isFalse();
    }

    @Test
    void waitsForTheLeaseOfThePodThatIsMeant() throws Exception {
        TestPod pod = port(pod());
        var answer = CompletableFuture.supplyAsync(() -> cni.add(pod.container()));
        assertThat(
                        cni.add(
                                        new Container(
                                                "other",
                                                pod.container().ns(),
                                                "shop",
                                                pod.container().pod(),
                                                "another-uid"),
                                        2)
                                .error())
                .satisfies(
                        error -> {
                            assertThat(error.code()).isEqualTo(11);
                            assertThat(error.details()).contains("another-uid");
                        });
        assertThat(answer).isNotDone();
        lease(pod);

        assertThat(answer.get(20, TimeUnit.SECONDS).result().ips()).hasSize(2);
    }

    @Test
    void saysWhatIsMissingWhenIpamDoesNotLease() {
        assertThat(cni.add(pod().container(), 2).error())
                .satisfies(
                        error -> {
                            assertThat(error.code()).isEqualTo(11);
                            assertThat(error.details())
                                    .contains("ipam has not leased", "ovn.kubernetes.io/allocated");
                        });
        assertThat(
                        cni.add(
                                        new Container(
                                                "ghost",
                                                node.podNs("ghost"),
                                                "shop",
                                                "ghost",
                                                null),
                                        2)
                                .error()
                                .details())
                .contains("has not told of such a pod");
    }

    @Test
    void leavesNothingBehindWhenThePortIsNotInOvn() {
        TestPod pod = lease(pod());

        assertThat(cni.add(pod.container(), 3).error())
                .satisfies(
                        error -> {
                            assertThat(error.code()).isEqualTo(11);
                            assertThat(error.details())
                                    .contains(pod.container().pod() + ".shop", "northbound");
                        });
        assertThat(hasPort(pod)).isFalse();
        assertThat(hasLink(pod)).isFalse();
        try (Rtnetlink inPod = Rtnetlink.open(pod.container().ns())) {
            assertThat(inPod.links().find("eth0")).isEmpty();
        }
    }

    @Test
    void refusesAPodWithAMalformedAnnotation() {
        TestPod pod = pod();
        kubernetes
                .pods()
                .inNamespace("shop")
                .withName(pod.container().pod())
                .edit(
                        object ->
                                new PodBuilder(object)
                                        .editMetadata()
                                        .addToAnnotations("ovn.kubernetes.io/mac_address", "zz")
                                        .endMetadata()
                                        .build());

        assertThat(cni.add(pod.container()).error())
                .satisfies(
                        error -> {
                            assertThat(error.code()).isEqualTo(102);
                            assertThat(error.details())
                                    .contains("ovn.kubernetes.io/mac_address", "zz");
                        });
    }

    @Test
    void refusesANamespaceThatIsNoneOrTheNodes() {
        TestPod pod = pod();
        var gone =
                new Container(
                        "c-gone",
                        NetNs.named("node-it-nowhere"),
                        "shop",
                        pod.container().pod(),
                        null);
        var host = new Container("c-host", node.ns(), "shop", pod.container().pod(), null);

        assertThat(cni.add(gone).error().code()).isEqualTo(4);
        assertThat(cni.add(host).error().details())
                .contains("another network namespace than the node's");
    }

    @Test
    void endsAWaitingAddWhenDelComes() throws Exception {
        TestPod pod = pod();
        var answer = CompletableFuture.supplyAsync(() -> cni.add(pod.container()));
        eventually(
                "DEL ends ADD",
                () -> {
                    assertThat(cni.del(pod.container()).isSuccess()).isTrue();
                    return answer.isDone();
                });
        assertThat(answer.get().error().details()).contains("DEL");
    }

    @Test
    void checkNamesWhatIsDifferent() {
        TestPod pod = readyPod();
        CniResult result = cni.add(pod.container()).result();
        assertThat(cni.check(pod.container(), result).isSuccess()).isTrue();

        try (Rtnetlink inPod = Rtnetlink.open(pod.container().ns())) {
            int index = inPod.links().get("eth0").index();
            inPod.addresses()
                    .delete(
                            index,
                            new InterfaceAddress(DualStack.parseAddresses(pod.v6()).v6(), 112));
        }
        assertThat(cni.check(pod.container(), result).error())
                .satisfies(
                        error -> {
                            assertThat(error.code()).isEqualTo(103);
                            assertThat(error.details())
                                    .contains("address " + pod.v6() + "/112 is missing");
                        });
        cni.add(pod.container()).result();
        assertThat(cni.check(pod.container(), result).isSuccess()).isTrue();
        cni.del(pod.container());
        assertThat(cni.check(pod.container(), result).error().details())
                .contains("OVS has no port of container");
    }

    @Test
    void gcTakesAwayWhatTheRuntimeDoesNotKnow() {
        TestPod kept = readyPod();
        TestPod lost = readyPod();
        cni.add(kept.container()).result();
        cni.add(lost.container()).result();
        var valid = new StringBuilder("[");
        for (String port : node.vsctl("list-ports", "br-int").lines().toList()) {
            if (port.endsWith("_h") && !port.equals(lost.hostLink())) {
                String id =
                        node.vsctl("get", "interface", port, "external_ids:weft-container")
                                .replace("\"", "");
                valid.append(valid.length() == 1 ? "" : ",")
                        .append("{\"containerID\": \"" + id + "\", \"ifname\": \"eth0\"}");
            }
        }

        assertThat(cni.gc(valid.append("]").toString()).isSuccess()).isTrue();

        assertThat(hasPort(lost)).isFalse();
        assertThat(hasPort(kept)).isTrue();
    }

    @Test
    void aNewContainerOfAPodTakesOverAndTheOldOnesDelDoesNotHurtIt() {
        TestPod pod = readyPod();
        cni.add(pod.container()).result();
        String newId = "f".repeat(12) + "%052x".formatted(NUMBER.get());
        var newer =
                new Container(
                        newId,
                        node.podNs("n" + NUMBER.get()),
                        "shop",
                        pod.container().pod(),
                        pod.container().uid());

        cni.add(newer).result();
        assertThat(cni.del(pod.container()).isSuccess()).isTrue();

        assertThat(node.vsctl("list-ports", "br-int").lines())
                .contains("f".repeat(12) + "_h")
                .doesNotContain(pod.hostLink());
        assertThat(hasLink(pod)).isFalse();
        assertThat(pings(newer.ns(), "10.16.0.1")).isTrue();
        assertThat(cni.del(newer).isSuccess()).isTrue();
    }

    @Test
    void mendsWhatOthersChange() {
        TestPod pod = readyPod();
        cni.add(pod.container()).result();
        node.inside("ip", "addr", "flush", "dev", "ovn0", "scope", "global");
        node.vsctl("del-port", "br-int", pod.hostLink());
        node.vsctl("remove", "open", ".", "external_ids", "ovn-encap-type");

        eventually(
                "ovn0 has its addresses and routes",
                () ->
                        node.inside("ip", "addr", "show", "ovn0").contains("100.64.0.2/16")
                                && node.inside("ip", "addr", "show", "ovn0")
                                        .contains("fd00:100:64::2/112")
                                && node.inside("ip", "route")
                                        .contains("10.16.0.0/16 via 100.64.0.1")
                                && node.inside("ip", "-6", "route")
                                        .contains("fd00:10:16::/112 via fd00:100:64::1"));
        eventually("the pod's port is back", () -> hasPort(pod));
        eventually(
                "the setting is back",
                () ->
                        node.vsctl("get", "open", ".", "external_ids")
                                .contains("ovn-encap-type=geneve"));
        eventually("the pod talks again", () -> pings(pod.container().ns(), "10.16.0.1"));
    }

    @Test
    void adoptsWhatIsThereWhenItStartsAgainAndRemovesTheDead() throws Exception {
        TestPod living = readyPod();
        TestPod dying = readyPod();
        cni.add(living.container()).result();
        cni.add(dying.container()).result();
        String before =
                node.vsctl(
                        "get", "interface", living.hostLink(), "_uuid", "ofport", "external_ids");
        var ping =
                new ProcessBuilder(
                                "nsenter",
                                "--net=" + living.container().ns(),
                                "ping",
                                "-O",
                                "-i",
                                "0.05",
                                "-c",
                                "60",
                                "100.64.0.2")
                        .redirectErrorStream(true)
                        .start();
        agent.close();
        dying.container().ns().delete();
        agent = startAgent();
        eventually("the node is ready again", () -> cni.status().isSuccess());
        eventually("the dead container's port is gone", () -> !hasPort(dying));

        assertThat(
                        node.vsctl(
                                "get",
                                "interface",
                                living.hostLink(),
                                "_uuid",
                                "ofport",
                                "external_ids"))
                .isEqualTo(before);
        assertThat(new String(ping.getInputStream().readAllBytes())).contains(" 0% packet loss");
        assertThat(cni.add(living.container()).isSuccess()).isTrue();
    }

    @Test
    void plugsManyPodsAtOnceAndLeavesNoneBehind() {
        var pods = Stream.generate(NodeAgentIT::readyPod).limit(30).toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    pods.stream()
                            .map(pod -> threads.submit(() -> cni.add(pod.container()).result()))
                            .toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get().ips()).hasSize(2));
        }
        assertThat(pods).allMatch(pod -> pings(pod.container().ns(), "10.16.0.1"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    pods.stream()
                            .map(pod -> threads.submit(() -> cni.del(pod.container()).isSuccess()))
                            .toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isTrue());
        }
        assertThat(pods).noneMatch(NodeAgentIT::hasPort).noneMatch(NodeAgentIT::hasLink);
    }

    @Test
    void livesThroughARestartOfTheNodesDatabaseAndOfVswitchd() {
        TestPod pod = readyPod();
        cni.add(pod.container()).result();
        eventually("the pod reaches the node", () -> pings(pod.container().ns(), "100.64.0.2"));
        TestPod later = readyPod();
        node.stop("ovsdb-server");
        try {
            eventually("STATUS says so", () -> !cni.status().isSuccess());
            assertThat(cni.status().error().code()).isEqualTo(50);
            assertThat(cni.add(later.container(), 2).error().code()).isEqualTo(11);
            // whether packets flow meanwhile is up to OVS: the userspace datapath stands still
            // without its database
        } finally {
            node.startDatabase();
        }
        eventually("the node is ready again", () -> cni.status().isSuccess());
        cni.add(later.container()).result();

        node.stop("ovs-vswitchd");
        node.startVswitchd();
        eventually(
                "pods talk again",
                () ->
                        pings(pod.container().ns(), later.v4())
                                && pings(pod.container().ns(), "100.64.0.2"));
        assertThat(node.inside("ip", "route")).contains("10.16.0.0/16 via 100.64.0.1 dev ovn0");
    }

    @Test
    void followsSubnetsThatComeAndGo() {
        subnet("second", "10.17.0.0/16");
        eventually(
                "there is a route",
                () -> node.inside("ip", "route").contains("10.17.0.0/16 via 100.64.0.1 dev ovn0"));

        kubernetes.resources(Subnet.class).withName("second").delete();

        eventually("the route is gone", () -> !node.inside("ip", "route").contains("10.17.0.0/16"));
        assertThat(node.inside("ip", "route")).contains("10.16.0.0/16 via 100.64.0.1 dev ovn0");
    }
}
