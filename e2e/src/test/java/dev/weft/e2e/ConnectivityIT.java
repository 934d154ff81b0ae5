package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.PodOrder;
import dev.weft.lab.check.Connectivity;
import dev.weft.lab.check.Matrix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** 30 pods in 3 subnets on 3 nodes, both families. */
@ExtendWith(SharedLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectivityIT {
    private static final int IPV4_AND_ICMP_HEADERS = 28;
    private static final int IPV6_AND_ICMP_HEADERS = 48;
    private static final int STREAM_BYTES = 8 << 20;

    private final Lab lab;
    private final Fabric fabric;
    private List<LabPod> pods = List.of();

    ConnectivityIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
    }

    @BeforeAll
    void runPods() {
        fabric.subnet("red", "10.21.0.0/24,fd00:10:21::/112");
        fabric.subnet("blue", "10.22.0.0/24,fd00:10:22::/112");
        List<PodOrder> orders = new ArrayList<>(fabric.orders("default", "plain", 10));
        orders.addAll(fabric.orders("red", "red", 10));
        orders.addAll(fabric.orders("blue", "blue", 10));
        pods = lab.pods().run(orders);
    }

    @AfterAll
    void removePods() {
        lab.pods().delete(pods);
        fabric.removeSubnet("red");
        fabric.removeSubnet("blue");
    }

    @Test
    void everyPodReachesEveryPodItsGatewayAndIsReachedByEveryNode() {
        Matrix matrix =
                new Matrix(
                        Connectivity.measure(
                                Connectivity.probes(lab, pods), Duration.ofSeconds(60)));
        System.out.println(matrix.table());
        assertThat(matrix.failures()).isEmpty();
        assertThat(matrix.ok()).as(matrix.table()).isTrue();
    }

    @Test
    void packetsOfTheFullMtuPassUnfragmentedAcrossNodesAndSubnets() {
        LabPod from = pods.getFirst();
        int mtu = mtu(from);
        assertThat(mtu).isBetween(1280, 1500);
        for (LabPod to : others(from)) {
            assertThat(sized(from, to.ipv4(), mtu - IPV4_AND_ICMP_HEADERS))
                    .as("%s → %s IPv4", from, to)
                    .isTrue();
            assertThat(sized(from, to.ipv6(), mtu - IPV6_AND_ICMP_HEADERS))
                    .as("%s → %s IPv6", from, to)
                    .isTrue();
        }
    }

    @Test
    void tcpStreamsArriveAsTheyWereSent(@TempDir Path folder) {
        LabPod from = pods.getFirst();
        for (LabPod to : others(from)) {
            for (String address : to.addresses()) {
                assertThat(TcpStream.send(from, to, address, STREAM_BYTES, folder))
                        .as("%s → %s (%s)", from, to, address)
                        .isTrue();
            }
        }
    }

    /** One pod of each: same node and subnet, other node, other subnet. */
    private List<LabPod> others(LabPod from) {
        return List.of(pods.get(3), pods.get(1), pods.get(10), pods.get(21));
    }

    private static boolean sized(LabPod from, String address, int payload) {
        return from.exec(
                        "ping",
                        "-n",
                        "-q",
                        "-M",
                        "do",
                        "-c",
                        "3",
                        "-i",
                        "0.2",
                        "-W",
                        "2",
                        "-s",
                        Integer.toString(payload),
                        address)
                .run()
                .ok();
    }

    private static int mtu(LabPod pod) {
        String link = pod.exec("ip", "-o", "link", "show", "dev", "eth0").output();
        return Integer.parseInt(link.replaceFirst("(?s).* mtu (\\d+) .*", "$1"));
    }
}
