package dev.weft.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bus.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@link Leadership} on a real API server; here, since this module has one. */
class LeadershipIT {
    private static ApiServerProcess kubernetes;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws IOException {
        kubernetes = new ApiServerProcess();
        client = kubernetes.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        kubernetes.close();
    }

    @Test
    void hasOneLeaderAndTheNextOneWhenItGivesUp() throws Exception {
        var lost = new CountDownLatch(1);
        var first = Leadership.stand(client, "kube-system", "weft-test", "first");
        first.await();
        first.onLost(lost::countDown);
        try (var second = Leadership.stand(client, "kube-system", "weft-test", "second")) {
            Thread.sleep(3_000);
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
