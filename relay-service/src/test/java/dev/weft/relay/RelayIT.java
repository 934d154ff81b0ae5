package dev.weft.relay;

import static dev.weft.relay.Cluster.SOON;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Feeds;
import dev.weft.bus.Problem;
import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.kube.PodView;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.lab.Lab;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service between a broker and a Kubernetes API, real or embedded. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class RelayIT {
    @Inject Receiver receiver;

    @Inject AmqpFeedPublisher publisher;

    @TestHTTPResource URI url;

    Lab lab;

    private Cluster cluster;

    @BeforeEach
    void start() {
        cluster = new Cluster(lab, receiver);
        receiver.start(url);
        await().atMost(SOON).until(() -> receiver.pods.ready().isDone());
    }

    @Test
    void tellsOfPodsThatComeChangeAndGo() {
        cluster.create("web-0");
        cluster.awaitPod("web-0", true);

        cluster.client()
                .pods()
                .inNamespace("default")
                .withName("web-0")
                .edit(
                        pod ->
                                new PodBuilder(pod)
                                        .editMetadata()
                                        .addToAnnotations(
                                                "ovn.kubernetes.io/ip_address", "10.20.0.9")
                                        .addToAnnotations("example.org/irrelevant", "x")
                                        .endMetadata()
                                        .build());
        await().atMost(SOON)
                .until(
                        () ->
                                receiver.pods
                                        .get("default/web-0")
                                        .map(PodView::annotations)
                                        .equals(
                                                Optional.of(
                                                        Map.of(
                                                                "ovn.kubernetes.io/ip_address",
                                                                "10.20.0.9"))));

        cluster.remove("web-0");
        cluster.awaitPod("web-0", false);
    }

    @Test
    void passesOnSubnetsWholeButForTheManagedFields() {
        cluster.client()
                .resource(
                        new Subnet("green", SubnetSpec.builder().cidrBlock("10.20.0.0/16").build()))
                .create();

        await().atMost(SOON).until(() -> receiver.subnets.get("green").isPresent());
        var subnet = receiver.subnets.get("green").orElseThrow();
        assertThat(subnet.getSpec().cidrBlock()).isEqualTo("10.20.0.0/16");
        assertThat(subnet.getMetadata().getManagedFields()).isNullOrEmpty();
    }

    @Test
    void goesOnAfterTheBrokerWasKilled() {
        cluster.create("before");
        cluster.awaitPod("before", true);

        lab.broker().process().kill();
        cluster.remove("before");
        for (int i = 0; i < 20; i++) cluster.create("during-" + i);
        lab.broker().process().start();

        for (int i = 0; i < 20; i++) cluster.awaitPod("during-" + i, true);
        cluster.awaitPod("before", false);
        cluster.create("after");
        cluster.awaitPod("after", true);
    }

    @Test
    void refusesFeedsThatDoNotExist() {
        given().get("/v1/snapshots/kube.secret")
                .then()
                .statusCode(404)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", containsString("kube.pod"));
    }

    @Test
    void servesASnapshotThatAgreesWithItsPosition() {
        cluster.create("shown");
        cluster.awaitPod("shown", true);
        var lines =
                given().get("/v1/snapshots/kube.pod")
                        .then()
                        .statusCode(200)
                        .contentType("application/x-ndjson")
                        .extract()
                        .asString()
                        .lines()
                        .toList();
        assertThat(lines.getFirst()).contains("\"position\":" + receiver.pods.status().position());
        assertThat(lines.getLast())
                .contains("\"end\":true")
                .contains("\"count\":" + (lines.size() - 2));
    }

    @Test
    void losesNoneOfManyMessagesThatAreSentAtOnce() throws InterruptedException {
        int messages = 20_000;
        var epoch = UUID.randomUUID();
        var object = IntNode.valueOf(1);
        var window = new Semaphore(5_000);
        for (int i = 1; i <= messages; i++) {
            window.acquire();
            publisher
                    .publish(FeedMessage.upsert("test.load", epoch, i, "key-" + i % 100, object))
                    .whenComplete((_, _) -> window.release());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.load.get() == messages);
    }

    @Test
    void keepsMessagesOfAServiceThatIsAwayAlsoWhenTheBrokerDies() throws Exception {
        var queue = Feeds.queue("test.away", "sleeper");
        var broker = lab.broker().clientEnvironment();
        try (var here = new AmqpReader(broker, queue)) {
            assertThat(here.messages).isEmpty();
        }
        var epoch = UUID.randomUUID();
        for (int i = 1; i <= 10; i++) publish(FeedMessage.delete("test.away", epoch, i, "k"));
        publish(FeedMessage.beacon("test.away", epoch, 10));
        lab.broker().process().kill();
        lab.broker().process().start();

        try (var back = new AmqpReader(broker, queue)) {
            await().atMost(SOON).until(() -> back.messages.size() == 10);
            assertThat(back.messages).extracting(FeedMessage::position).isSorted();
            assertThat(back.messages)
                    .extracting(FeedMessage::type)
                    .containsOnly(FeedMessage.Type.DELETE);
        }
    }

    private void publish(FeedMessage message) throws Exception {
        publisher.publish(message).toCompletableFuture().get();
    }
}
