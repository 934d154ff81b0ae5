package dev.weft.ipam;

import static dev.weft.ipam.testing.Cluster.ANNOTATION;
import static dev.weft.ipam.testing.Cluster.eventually;
import static dev.weft.ipam.testing.Cluster.pod;
import static dev.weft.ipam.testing.Cluster.subnet;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.weft.bus.FeedMessage;
import dev.weft.ipam.testing.Cluster;
import dev.weft.ipam.testing.Surroundings;
import dev.weft.ipam.testing.TestBroker;
import dev.weft.ipam.testing.TestRelay;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many pods at once, and messages that come twice or never. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class BurstIT {

    @Inject Cluster cluster;
    @Inject TestBroker broker;
    @Inject TestRelay relay;

    @BeforeEach
    void isActive() {
        cluster.awaitActive();
    }

    @Test
    void handlesABurstWithFewCommitsAndNoTwoAlike() {
        var name = "burst-" + cluster.next();
        cluster.create(subnet(name, "10.40.0.0/22,fd00:40::/118"));
        cluster.awaitSubnet(name);
        int pods = 300;
        IntStream.range(0, pods)
                .forEach(
                        i ->
                                cluster.create(
                                        pod(
                                                name + "-" + i,
                                                Map.of(ANNOTATION + "logical_switch", name))));

        eventually(
                () ->
                        given().queryParam("subnet", name)
                                .queryParam("limit", 1000)
                                .get("/v1/leases")
                                .then()
                                .body("items", hasSize(pods)));
        List<String> addresses =
                given().queryParam("subnet", name)
                        .queryParam("limit", 1000)
                        .get("/v1/leases")
                        .path("items.addresses");
        assertThat(new HashSet<>(addresses)).hasSize(pods);
        IntStream.range(0, pods).forEach(i -> cluster.deletePod(name + "-" + i));
        eventually(
                () ->
                        given().get("/v1/subnets/" + name)
                                .then()
                                .body("families.IPv4.used", equalTo(0))
                                .body("families.IPv6.used", equalTo(0)));
        assertInOrderWithoutGaps(broker.taken());
    }

    @Test
    void endsInTheSameStateWhenMessagesAreLostAndDoubled() {
        var name = "disorder-" + cluster.next();
        cluster.create(subnet(name, "10.44.0.0/24"));
        cluster.awaitSubnet(name);
        relay.disorder(new Random(7));
        for (int i = 0; i < 60; i++) {
            cluster.create(pod(name + "-" + i, Map.of(ANNOTATION + "logical_switch", name)));
            if (i % 3 == 0) {
                cluster.deletePod(name + "-" + i);
            }
        }
        relay.disorder(null);
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            relay.beacon();
                            given().queryParam("subnet", name)
                                    .get("/v1/leases")
                                    .then()
                                    .body("items", hasSize(40));
                        });
    }

    private static void assertInOrderWithoutGaps(List<FeedMessage> messages) {
        for (int i = 1; i < messages.size(); i++) {
            assertThat(messages.get(i).position()).isEqualTo(messages.get(i - 1).position() + 1);
        }
    }
}
