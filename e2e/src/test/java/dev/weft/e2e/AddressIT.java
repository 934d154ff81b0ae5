package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.v1.Subnet;
import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.PodOrder;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.Poll;
import dev.weft.lab.kube.ClusterObjects;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who has which address, as the wire shows it. */
@ExtendWith(SharedLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressIT {
    private static final String ANNOTATIONS = "ovn.kubernetes.io/";

    private final Lab lab;
    private final Fabric fabric;
    private final List<LabPod> pods = new ArrayList<>();

    AddressIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
    }

    @BeforeAll
    void makeSubnet() {
        fabric.subnet("fixed", "10.23.0.0/24,fd00:10:23::/112");
    }

    @AfterAll
    void removeAll() {
        lab.pods().delete(pods);
        fabric.removeSubnet("fixed");
        fabric.removeSubnet("blue");
    }

    @Test
    void noTwoPodsEverHaveTheSameAddress() {
        List<LabPod> crowd = run(fabric.orders("fixed", "crowd", 30));
        List<String> addresses = crowd.stream().flatMap(pod -> pod.addresses().stream()).toList();
        assertThat(addresses).hasSize(60).doesNotHaveDuplicates();
        assertThat(crowd.stream().map(LabPod::mac)).doesNotHaveDuplicates();
    }

    @Test
    void aFixedAddressAndMacIsWhatTheWireShows() {
        LabPod fixed =
                run(
                        PodOrder.named("fixed")
                                .in("fixed")
                                .on("n1")
                                .annotate(ANNOTATIONS + "ip_address", "10.23.0.200,fd00:10:23::200")
                                .annotate(ANNOTATIONS + "mac_address", "0a:00:00:12:34:56"));
        LabPod observer = run(PodOrder.named("observer").in("fixed").on("n2"));
        assertThat(fixed.addresses()).containsExactlyInAnyOrder("10.23.0.200", "fd00:10:23::200");
        fixed.ping(observer.ipv4(), Fabric.PATIENCE);
        try (Capture capture = Capture.start(observer, "icmp[icmptype] == icmp-echo")) {
            assertThat(fixed.pings(observer.ipv4())).isTrue();
            assertThat(capture.awaitLine("10.23.0.200 > ")).contains("0a:00:00:12:34:56 > ");
        }
    }

    @Test
    void aNamespaceGetsTheSubnetThatSelectsItsLabelsFromTheMomentItHasThem() {
        new ClusterObjects(lab).ensureNamespaces("painted");
        fabric.subnet(
                lab.kube()
                        .getKubernetesSerialization()
                        .unmarshal(
                                """
                                apiVersion: kubeovn.io/v1
                                kind: Subnet
                                metadata:
                                  name: blue
                                spec:
                                  cidrBlock: 10.24.0.0/24,fd00:10:24::/112
                                  namespaceSelectors:
                                  - matchLabels: {team: blue}
                                    matchExpressions:
                                    - {key: stage, operator: NotIn, values: [test]}
                                """,
                                Subnet.class));
        assertThat(run(PodOrder.named("plain").in("painted")).ipv4()).startsWith("10.16.");

        label("painted", "team", "blue");
        Poll.until(
                "a pod of the namespace in the subnet",
                Fabric.PATIENCE,
                () -> {
                    LabPod probe = lab.pods().run(PodOrder.named("probe").in("painted"));
                    probe.delete();
                    return probe.ipv4().startsWith("10.24.0.");
                });
        LabPod one = run(PodOrder.named("blue-1").in("painted").on("n1"));
        LabPod two = run(PodOrder.named("blue-2").in("painted").on("n2"));
        assertThat(one.addresses())
                .hasSize(2)
                .allMatch(a -> a.startsWith("10.24.0.") || a.startsWith("fd00:10:24::"));
        one.ping(two.ipv4(), Fabric.PATIENCE);
        try (Capture capture = Capture.start(two, "icmp[icmptype] == icmp-echo")) {
            assertThat(one.pings(two.ipv4())).isTrue();
            assertThat(capture.awaitLine(one.ipv4() + " > ")).contains(one.mac() + " > ");
        }
    }

    private void label(String namespace, String key, String value) {
        lab.kube()
                .namespaces()
                .withName(namespace)
                .edit(
                        object ->
                                new NamespaceBuilder(object)
                                        .editMetadata()
                                        .addToLabels(key, value)
                                        .endMetadata()
                                        .build());
    }

    @Test
    void anAddressThatIsTakenIsRefusedToTheSecondPod() {
        LabPod first =
                run(
                        PodOrder.named("first")
                                .in("fixed")
                                .annotate(ANNOTATIONS + "ip_address", "10.23.0.210"));
        LabPod second =
                lab.pods()
                        .create(
                                PodOrder.named("second")
                                        .in("fixed")
                                        .annotate(ANNOTATIONS + "ip_address", "10.23.0.210"));
        pods.add(second);
        assertThat(first.ipv4()).isEqualTo("10.23.0.210");
        Poll.until(
                "an event that names the address",
                Fabric.PATIENCE,
                () ->
                        lab.kube().v1().events().inNamespace("fixed").list().getItems().stream()
                                .anyMatch(
                                        event ->
                                                "second".equals(event.getInvolvedObject().getName())
                                                        && event.getMessage()
                                                                .contains("10.23.0.210")));
        assertThat(second.refresh().orElseThrow().addresses()).isEmpty();
        first.delete();
        pods.remove(first);
        // what was refused is given once it is free
        assertThat(second.awaitRunning(Fabric.PATIENCE).ipv4()).isEqualTo("10.23.0.210");
    }

    @Test
    void aForgedSourceAddressIsDropped() {
        LabPod forger =
                run(
                        PodOrder.named("forger")
                                .in("fixed")
                                .on("n1")
                                .annotate(ANNOTATIONS + "port_security", "true"));
        LabPod victim = run(PodOrder.named("victim").in("fixed").on("n2"));
        forger.ping(victim.ipv4(), Fabric.PATIENCE);
        forger.exec("ip", "addr", "add", "10.23.0.250/24", "dev", "eth0").output();
        try (Capture capture = Capture.start(victim, "icmp[icmptype] == icmp-echo")) {
            quickPing(forger, 5, victim.ipv4(), "-I", "10.23.0.250").run();
            // an honest packet behind them: when it is seen, the forged ones would have been
            Poll.until(
                    "an honest packet",
                    Fabric.PATIENCE,
                    () -> quickPing(forger, 1, victim.ipv4(), "-I", forger.ipv4()).run().ok());
            capture.awaitLine(forger.ipv4() + " > ");
            assertThat(capture.lines()).noneMatch(line -> line.contains("10.23.0.250"));
        }
    }

    @Test
    void aForgedSourceMacIsDropped() {
        LabPod forger =
                run(
                        PodOrder.named("macforger")
                                .in("fixed")
                                .on("n1")
                                .annotate(ANNOTATIONS + "port_security", "true"));
        LabPod victim = run(PodOrder.named("macvictim").in("fixed").on("n2"));
        forger.ping(victim.ipv4(), Fabric.PATIENCE);
        String honest = forger.mac();
        String victimMac = victim.mac();
        // neighbours are set by hand: with a forged MAC not even ARP would pass, and nothing would
        // be sent at all
        forger.exec("ip", "link", "set", "eth0", "address", "0a:00:00:66:66:66").output();
        forger.exec("ip", "neigh", "replace", victim.ipv4(), "lladdr", victimMac, "dev", "eth0")
                .output();
        try (Capture capture = Capture.start(victim, "icmp[icmptype] == icmp-echo")) {
            assertThat(quickPing(forger, 5, victim.ipv4()).run().ok()).isFalse();
            forger.exec("ip", "link", "set", "eth0", "address", honest).output();
            forger.ping(victim.ipv4(), Duration.ofSeconds(20));
            capture.awaitLine(honest + " > ");
            assertThat(capture.lines()).noneMatch(line -> line.contains("0a:00:00:66:66:66"));
        }
    }

    /** A second at most for each reply; its exit status tells whether all came. */
    private static Command quickPing(LabPod from, int count, String to, String... more) {
        List<String> ping =
                new ArrayList<>(List.of("ping", "-n", "-q", "-c", Integer.toString(count)));
        ping.addAll(List.of("-i", "0.2", "-W", "1"));
        ping.addAll(List.of(more));
        ping.add(to);
        return from.exec(ping.toArray(String[]::new));
    }

    private LabPod run(PodOrder order) {
        return run(List.of(order)).getFirst();
    }

    private List<LabPod> run(List<PodOrder> orders) {
        List<LabPod> running = lab.pods().run(orders);
        pods.addAll(running);
        return running;
    }
}
