package dev.weft.relay;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Feeds;
import dev.weft.bus.Problem;
import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RelayIT {
    private static final Path CRDS = Path.of("..", "deploy", "k8s", "crds");
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject Receiver receiver;

    @Inject AmqpFeedPublisher publisher;

    @TestHTTPResource URI url;

    BrokerProcess broker;
    ApiServerProcess kubernetes;

    @BeforeEach
    void start() {
        receiver.start(url);
        await().atMost(SOON).until(() -> receiver.pods.ready().isDone());
    }

    @Test
    @Order(1)
    void waitsForCrdsThatAreNotInstalledYetAndPicksThemUp() throws IOException {
        given().get("/q/health/ready").then().statusCode(503).body(containsString("kube.subnet"));
        given().get("/v1/snapshots/kube.subnet")
                .then()
                .statusCode(503)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", is("urn:problem:relay:not-listed-yet"));

        try (var client = kubernetes.client();
                var files = Files.list(CRDS)) {
            for (var file : files.toList())
                client.load(Files.newInputStream(file)).serverSideApply();
            await().atMost(SOON)
                    .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
            client.resource(
                            new Subnet(
                                    "blue", SubnetSpec.builder().cidrBlock("10.20.0.0/16").build()))
                    .create();
        }

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(receiver.subnets.get("blue"))
                                        .hasValueSatisfying(
                                                subnet -> {
                                                    assertThat(subnet.getSpec().cidrBlock())
                                                            .isEqualTo("10.20.0.0/16");
                                                    assertThat(
                                                                    subnet.getMetadata()
                                                                            .getManagedFields())
                                                            .isNullOrEmpty();
                                                }));
    }

    @Test
    @Order(2)
    void tellsOfPodsThatComeChangeAndGo() {
        try (var client = kubernetes.client()) {
            client.resource(pod("web-0")).create();
            awaitPod("web-0", true);

            client.pods()
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
                                            .map(p -> p.annotations())
                                            .equals(
                                                    java.util.Optional.of(
                                                            Map.of(
                                                                    "ovn.kubernetes.io/ip_address",
                                                                    "10.20.0.9"))));

            remove(client, "web-0");
            awaitPod("web-0", false);
        }
    }

    @Test
    @Order(3)
    void goesOnAfterTheBrokerWasKilled() throws IOException {
        try (var client = kubernetes.client()) {
            client.resource(pod("before")).create();
            awaitPod("before", true);

            broker.kill();
            remove(client, "before");
            for (int i = 0; i < 20; i++) client.resource(pod("during-" + i)).create();
            broker.start();

            for (int i = 0; i < 20; i++) awaitPod("during-" + i, true);
            awaitPod("before", false);
            client.resource(pod("after")).create();
            awaitPod("after", true);
        }
    }

    @Test
    @Order(4)
    void goesOnAfterTheApiServerWasKilled() throws IOException {
        kubernetes.kill();
        kubernetes.start();
        try (var client = kubernetes.client()) {
            client.resource(pod("later")).create();
            awaitPod("later", true);
            assertThat(receiver.subnets.get("blue")).isPresent();
        }
    }

    @Test
    @Order(5)
    void refusesFeedsThatDoNotExist() {
        given().get("/v1/snapshots/kube.secret")
                .then()
                .statusCode(404)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", containsString("kube.pod"));
    }

    @Test
    @Order(6)
    void servesASnapshotThatAgreesWithItsPosition() {
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
    @Order(7)
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
    @Order(8)
    void keepsMessagesOfAServiceThatIsAwayAlsoWhenTheBrokerDies() throws Exception {
        var queue = Feeds.queue("test.away", "sleeper");
        try (var here = new AmqpReader(broker.port(), queue)) {
            assertThat(here.messages).isEmpty();
        }
        var epoch = UUID.randomUUID();
        for (int i = 1; i <= 10; i++) publish(FeedMessage.delete("test.away", epoch, i, "k"));
        publish(FeedMessage.beacon("test.away", epoch, 10));
        broker.kill();
        broker.start();

        try (var back = new AmqpReader(broker.port(), queue)) {
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

    private void awaitPod(String name, boolean there) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> receiver.pods.get("default/" + name).isPresent() == there);
    }

    private static void remove(KubernetesClient client, String name) {
        client.pods().inNamespace("default").withName(name).withGracePeriod(0).delete();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
    }
}
