package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.CniResult;
import dev.weft.net.DualStack;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.NetNs;
import dev.weft.netlink.Rtnetlink;
import dev.weft.node.CniClient.Container;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods that get their interface and lose it, by what a runtime asks: ADD, DEL, CHECK, GC. */
@ExtendWith(SharedNode.class)
class PodPlugIT {
    private final NodeUnderTest tested;
    private final RealNode node;
    private final CniClient cni;

    PodPlugIT(NodeUnderTest tested) {
        this.tested = tested;
        this.node = tested.node();
        this.cni = tested.cni();
    }

    @Test
    void plugsAPodThatCanTalkWhenAddReturns() throws Exception {
        TestPod one = tested.readyPod();
        TestPod two = tested.readyPod();

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
        assertThat(tested.pings(one.container().ns(), two.v4())).isTrue();
        assertThat(tested.pings(one.container().ns(), two.v6())).isTrue();
        assertThat(tested.pings(two.container().ns(), "10.16.0.1")).isTrue();
        tested.eventually(
                "the node reaches the pod",
                () -> tested.pings(node.ns(), one.v4()) && tested.pings(node.ns(), one.v6()));
        assertThat(talkTcp(node.ns(), one.container().ns(), one.v4())).isEqualTo(42);
        assertThat(talkTcp(two.container().ns(), one.container().ns(), one.v6())).isEqualTo(42);
        assertThat(node.vsctl("get", "interface", one.hostLink(), "external_ids"))
                .contains(
                        "iface-id=" + one.container().pod() + ".shop",
                        "pod_namespace=shop",
                        "vendor=weft",
                        "ip=\"" + one.v4() + "," + one.v6() + "\"");
    }

    @Test
    void answersASecondAddOfAContainerTheSameAndWritesNothing() {
        TestPod pod = tested.readyPod();
        CniResult first = cni.add(pod.container()).result();
        String before = node.vsctl("get", "interface", pod.hostLink(), "_uuid", "external_ids");

        CniResult second = cni.add(pod.container()).result();

        assertThat(second).isEqualTo(first);
        assertThat(node.vsctl("get", "interface", pod.hostLink(), "_uuid", "external_ids"))
                .isEqualTo(before);
    }

    @Test
    void takesAwayWhatAddMadeHoweverOftenItIsAsked() {
        TestPod pod = tested.readyPod();
        cni.add(pod.container()).result();

        assertThat(cni.del(pod.container()).isSuccess()).isTrue();
        assertThat(tested.hasPort(pod)).isFalse();
        tested.eventually("the link is gone", () -> !tested.hasLink(pod));
        assertThat(cni.del(pod.container()).isSuccess()).isTrue();
        assertThat(cni.del(new Container("never-seen", null, "shop", "x", null)).isSuccess())
                .isTrue();
    }

    @Test
    void takesThePortAwayThoughTheNamespaceIsGone() {
        TestPod pod = tested.readyPod();
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
        assertThat(tested.hasPort(pod)).isFalse();
    }

    @Test
    void aNewContainerOfAPodTakesOverAndTheOldOnesDelDoesNotHurtIt() {
        TestPod pod = tested.readyPod();
        cni.add(pod.container()).result();
        int number = tested.nextNumber();
        String newId = "f".repeat(12) + "%052x".formatted(number);
        var newer =
                new Container(
                        newId,
                        node.podNs("n" + number),
                        "shop",
                        pod.container().pod(),
                        pod.container().uid());

        cni.add(newer).result();
        assertThat(cni.del(pod.container()).isSuccess()).isTrue();

        assertThat(node.vsctl("list-ports", "br-int").lines())
                .contains("f".repeat(12) + "_h")
                .doesNotContain(pod.hostLink());
        tested.eventually("the link is gone", () -> !tested.hasLink(pod));
        assertThat(tested.pings(newer.ns(), "10.16.0.1")).isTrue();
        assertThat(cni.del(newer).isSuccess()).isTrue();
    }

    @Test
    void plugsManyPodsAtOnceAndLeavesNoneBehind() {
        var pods = Stream.generate(tested::readyPod).limit(30).toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    pods.stream()
                            .map(pod -> threads.submit(() -> cni.add(pod.container()).result()))
                            .toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get().ips()).hasSize(2));
        }
        assertThat(pods).allMatch(pod -> tested.pings(pod.container().ns(), "10.16.0.1"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    pods.stream()
                            .map(pod -> threads.submit(() -> cni.del(pod.container()).isSuccess()))
                            .toList();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isTrue());
        }
        assertThat(pods).noneMatch(tested::hasPort);
        tested.eventually("all links are gone", () -> pods.stream().noneMatch(tested::hasLink));
    }

    @Test
    void checkNamesWhatIsDifferent() {
        TestPod pod = tested.readyPod();
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
        TestPod kept = tested.readyPod();
        TestPod lost = tested.readyPod();
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

        assertThat(tested.hasPort(lost)).isFalse();
        assertThat(tested.hasPort(kept)).isTrue();
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
}
