package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.netlink.NetNs;
import dev.weft.netlink.Rtnetlink;
import dev.weft.node.CniClient.Container;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * ADDs that cannot be answered as asked, now or ever: what is said, and that nothing is left of
 * them.
 */
@ExtendWith(SharedNode.class)
class AddRefusalIT {
    private final NodeUnderTest tested;
    private final RealNode node;
    private final CniClient cni;

    AddRefusalIT(NodeUnderTest tested) {
        this.tested = tested;
        this.node = tested.node();
        this.cni = tested.cni();
    }

    @Test
    void waitsForTheLeaseOfThePodThatIsMeant() throws Exception {
        TestPod pod = tested.port(tested.pod());
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
        tested.lease(pod);

        assertThat(answer.get(20, TimeUnit.SECONDS).result().ips()).hasSize(2);
    }

    @Test
    void saysWhatIsMissingWhenIpamDoesNotLease() {
        assertThat(cni.add(tested.pod().container(), 2).error())
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
        TestPod pod = tested.lease(tested.pod());

        assertThat(cni.add(pod.container(), 3).error())
                .satisfies(
                        error -> {
                            assertThat(error.code()).isEqualTo(11);
                            assertThat(error.details())
                                    .contains(pod.container().pod() + ".shop", "northbound");
                        });
        assertThat(tested.hasPort(pod)).isFalse();
        tested.eventually("the link is gone", () -> !tested.hasLink(pod));
        try (Rtnetlink inPod = Rtnetlink.open(pod.container().ns())) {
            assertThat(inPod.links().find("eth0")).isEmpty();
        }
    }

    @Test
    void refusesAPodWithAMalformedAnnotation() {
        TestPod pod = tested.annotate(tested.pod(), Map.of("ovn.kubernetes.io/mac_address", "zz"));

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
        TestPod pod = tested.pod();
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

    /** Again and again, since DEL may come at any step of ADD. */
    @RepeatedTest(20)
    void endsAWaitingAddWhenDelComes() throws Exception {
        TestPod pod = tested.pod();
        var answer = CompletableFuture.supplyAsync(() -> cni.add(pod.container()));
        tested.eventually(
                "DEL ends ADD",
                () -> {
                    assertThat(cni.del(pod.container()).isSuccess()).isTrue();
                    return answer.isDone();
                });
        assertThat(answer.get().error().details()).contains("DEL");
    }
}
