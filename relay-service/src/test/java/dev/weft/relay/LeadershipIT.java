package dev.weft.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bus.Leadership;
import dev.weft.lab.Lab;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link Leadership} on a Kubernetes API; here, since this module's tests have one. */
class LeadershipIT {
    private static Lab lab;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        lab = Surroundings.emptyLab("lead");
        lab.kubeApi().ensure();
        client = lab.kube();
    }

    @AfterAll
    static void stop() {
        Surroundings.remove(lab);
    }

    @Test
    void hasOneLeaderAndTheNextOneWhenItGivesUp() throws Exception {
        var lost = new CountDownLatch(1);
        var first = Leadership.stand(client, "kube-system", "weft-test", "first");
        first.await();
        first.onLost(lost::countDown);
        try (var second = Leadership.stand(client, "kube-system", "weft-test", "second")) {
            assertThat(second.leader().get(20, TimeUnit.SECONDS)).isEqualTo("first");
            assertThat(first.leads()).isTrue();
            assertThat(second.leads()).isFalse();

            first.close();

            assertThat(lost.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(first.leads()).isFalse();
            second.acquired().get(10, TimeUnit.SECONDS);
            assertThat(second.leads()).isTrue();
        }
    }

    @Test
    void aTermThatNeverBeganEndsQuietly() throws Exception {
        var lost = new CountDownLatch(1);
        try (var holder = Leadership.stand(client, "kube-system", "weft-quiet", "holder")) {
            holder.await();
            var standby = Leadership.stand(client, "kube-system", "weft-quiet", "standby");
            standby.onLost(lost::countDown);
            standby.close();
            assertThat(standby.acquired()).isCompletedExceptionally();
            assertThat(lost.getCount()).isEqualTo(1);
        }
    }
}
