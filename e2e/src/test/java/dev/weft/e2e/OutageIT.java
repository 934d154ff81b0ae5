package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.PodOrder;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Poll;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every part is killed with SIGKILL and started again, one at a time, while two pods exchange a
 * packet every 10 ms and another pod is asked for. (A restart of ovs-vswitchd itself loses packets
 * whatever we do: its flows are gone.)
 */
@ExtendWith(SharedLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {
    private final Lab lab;
    private final Fabric fabric;
    private final List<LabPod> pods = new ArrayList<>();

    OutageIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
    }

    @BeforeAll
    void runPods() {
        pods.add(lab.pods().run(PodOrder.named("steady-1").on("n1")));
        pods.add(lab.pods().run(PodOrder.named("steady-2").on("n2")));
        pods.getFirst().ping(pods.getLast().ipv4(), Fabric.PATIENCE);
    }

    @AfterAll
    void removePods() {
        lab.pods().delete(pods);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "relay",
                "ipam",
                "vpc",
                "n1/node-daemon",
                "pod-runner",
                "broker",
                "postgres",
                "ovn-northd",
                "ovn-nb",
                "ovn-sb",
                "n1/ovn-controller"
            })
    void losesNoReplyAndServesThePodsMadeMeanwhile(String part) {
        try (PingStream pings = PingStream.start(pods.getFirst(), pods.getLast().ipv4())) {
            LabPod meanwhile = podMadeDuringAnOutageOf(part);
            meanwhile.ping(pods.getLast().ipv4(), Fabric.PATIENCE);
            meanwhile.delete();
            fabric.awaitNoDifferences(Fabric.PATIENCE);
            PingStream.Count count = pings.stop();
            assertThat(count.lost()).as("lost replies of %s", count).isZero();
            // at the end of the stream a few requests are on their way, not a second's worth
            assertThat(count.lastAnswered()).isGreaterThan(count.sent() - 100);
        }
    }

    /** The embedded API server forgets the pods when it dies. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"kube-apiserver", "etcd"})
    @Tag("real-kube")
    void losesNoReplyWhileTheKubernetesApiIsAwayAndServesThePodsMadeThen(String part) {
        losesNoReplyAndServesThePodsMadeMeanwhile(part);
    }

    /** Without its ovsdb-server a node's ovs-vswitchd is not ours to keep from losing packets. */
    @Test
    void servesThePodsMadeWhileANodeHadNoOvsDatabase() {
        LabPod meanwhile = podMadeDuringAnOutageOf("n1/ovsdb-server");
        meanwhile.ping(pods.getLast().ipv4(), Fabric.PATIENCE);
        meanwhile.delete();
        fabric.awaitNoDifferences(Fabric.PATIENCE);
    }

    /** Its taps, flows and routes go with it: the node's own way into the fabric, too. */
    @Test
    void podsAndNodesTalkAgainAfterOpenVswitchWasKilled() {
        LabProcess vswitchd = lab.process("n1/ovs-vswitchd");
        vswitchd.kill();
        vswitchd.start();
        pods.getFirst().ping(pods.getLast().ipv4(), Fabric.PATIENCE);
        NetNs node = lab.node("n1").netns();
        Poll.until(
                "node n1 to reach pods of both nodes",
                Fabric.PATIENCE,
                () ->
                        pods.stream()
                                .flatMap(pod -> pod.addresses().stream())
                                .allMatch(
                                        address ->
                                                node.command("ping", "-n", "-c1", "-W1", address)
                                                        .run()
                                                        .ok()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "relay",
                "ipam",
                "vpc",
                "n1/node-daemon",
                "pod-runner",
                "broker",
                "postgres"
            })
    void comesBackWithoutAWriteToTheNorthboundDatabase(String part) {
        long before = fabric.northboundWrites();
        LabProcess process = lab.process(part);
        process.kill();
        process.start();
        Settled.await(fabric::northboundWrites);
        assertThat(fabric.northboundWrites()).isEqualTo(before);
    }

    @Test
    @Tag("real-kube")
    void nothingIsWrittenToTheNorthboundDatabaseWhenTheApiServerComesBack() {
        comesBackWithoutAWriteToTheNorthboundDatabase("kube-apiserver");
    }

    /** The pod runs on the node whose parts are killed. */
    private LabPod podMadeDuringAnOutageOf(String part) {
        LabProcess process = lab.process(part);
        PodOrder order = PodOrder.named("while-" + part.replace('/', '-')).on("n1");
        process.kill();
        boolean created = created(order);
        process.start();
        if (!created) {
            Poll.until("the API server to take a pod", Fabric.PATIENCE, () -> created(order));
        }
        return lab.pods().find("default", order.name()).orElseThrow().awaitRunning(Fabric.PATIENCE);
    }

    /** Whether the pod is there: without API server or etcd nobody can create pods. */
    private boolean created(PodOrder order) {
        try {
            lab.pods().create(order);
            return true;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        }
    }
}
