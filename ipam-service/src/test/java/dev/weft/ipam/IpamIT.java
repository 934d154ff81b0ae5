package dev.weft.ipam;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.weft.bus.FeedMessage;
import dev.weft.ipam.term.Ipam;
import dev.weft.ipam.testing.Surroundings;
import dev.weft.ipam.testing.TestBroker;
import dev.weft.ipam.testing.TestRelay;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service between a real PostgreSQL and an API server. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class IpamIT {

    private static final String ANNOTATION = "ovn.kubernetes.io/";
    private static int subnets;

    @Inject KubernetesClient kubernetes;
    @Inject Ipam ipam;
    @Inject TestBroker broker;
    @Inject TestRelay relay;

    @BeforeEach
    void isActive() {
        eventually(() -> assertThat(ipam.phase()).isEqualTo("active"));
        if (kubernetes.resources(Subnet.class).withName("ovn-default").get() == null) {
            create(subnet("ovn-default", "10.16.0.0/16,fd00:10:16::/112"));
            create(subnet("join", "100.64.0.0/16,fd00:100:64::/112"));
        }
    }

    @Test
    void leasesBothFamiliesToAPodAndTellsEveryoneWhoHasToKnow() {
        create(pod("web-0", Map.of()));

        eventually(
                () ->
                        assertThat(annotations("web-0"))
                                .containsEntry(ANNOTATION + "allocated", "true")
                                .containsEntry(ANNOTATION + "routed", "true")
                                .containsEntry(ANNOTATION + "logical_switch", "ovn-default")
                                .containsEntry(ANNOTATION + "logical_router", "ovn-cluster")
                                .containsEntry(ANNOTATION + "pod_nic_type", "veth-pair")
                                .containsEntry(ANNOTATION + "cidr", "10.16.0.0/16,fd00:10:16::/112")
                                .containsEntry(ANNOTATION + "gateway", "10.16.0.1,fd00:10:16::1"));
        var addresses = annotations("web-0").get(ANNOTATION + "ip_address");
        eventually(
                () -> {
                    var ip = kubernetes.resources(Ip.class).withName("web-0.shop").get();
                    assertThat(ip.getSpec().ipAddress()).isEqualTo(addresses);
                    assertThat(ip.getMetadata().getLabels())
                            .containsEntry(ANNOTATION + "subnet", "ovn-default")
                            .containsEntry(ANNOTATION + "ip_reserved", "false");
                });
        eventually(
                () ->
                        assertThat(broker.taken())
                                .anyMatch(
                                        m ->
                                                m.key().equals("web-0.shop")
                                                        && m.object() != null
                                                        && m.object()
                                                                .path("addresses")
                                                                .asText()
                                                                .equals(addresses)));
        given().get("/v1/leases/web-0.shop")
                .then()
                .statusCode(200)
                .body("addresses", equalTo(addresses))
                .body("subnet", equalTo("ovn-default"));
        eventually(
                () -> {
                    var status = kubernetes.resources(Subnet.class).withName("ovn-default").get();
                    assertThat(status.getStatus().v4usingIPs()).isPositive();
                    assertThat(status.getMetadata().getFinalizers())
                            .contains("kubeovn.io/kube-ovn-controller");
                    assertThat(status.getSpec().gateway()).isEqualTo("10.16.0.1,fd00:10:16::1");
                });
    }

    @Test
    void releasesTheLeaseOfADeletedPodAndRemembersWhoHadIt() {
        create(pod("gone", Map.of()));
        var address = awaitAddress("gone").split(",")[0];
        var during = Instant.now();
        kubernetes.pods().inNamespace("shop").withName("gone").delete();

        eventually(() -> given().get("/v1/leases/gone.shop").then().statusCode(404));
        eventually(
                () ->
                        assertThat(kubernetes.resources(Ip.class).withName("gone.shop").get())
                                .isNull());
        given().get("/v1/addresses/ovn-cluster/" + address + "/history")
                .then()
                .statusCode(200)
                .body("items[0].port", equalTo("gone.shop"))
                .body("items[0].endReason", equalTo("OWNER_GONE"))
                .body("next", nullValue());
        given().queryParam("at", during.toString())
                .get("/v1/addresses/ovn-cluster/" + address)
                .then()
                .statusCode(200)
                .body("port", equalTo("gone.shop"));
        given().get("/v1/addresses/ovn-cluster/" + address)
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void givesAPodOfTheSameNameANewLease() {
        create(pod("twice", Map.of()));
        var first = awaitAddress("twice");
        kubernetes.pods().inNamespace("shop").withName("twice").delete();
        create(pod("twice", Map.of()));

        var second = awaitAddress("twice");
        assertThat(second).isNotEqualTo(first);
        var history = "/v1/addresses/ovn-cluster/" + first.split(",")[0] + "/history";
        eventually(
                () ->
                        given().get(history)
                                .then()
                                .body("items[0].ended.size()", org.hamcrest.Matchers.not(0)));
    }

    @Test
    void leasesTheFixedAddressAndMacThatAnAnnotationAsksFor() {
        create(
                pod(
                        "fixed",
                        Map.of(
                                ANNOTATION + "ip_address", "10.16.200.7",
                                ANNOTATION + "mac_address", "0A:00:00:00:AA:07")));
        eventually(
                () ->
                        assertThat(annotations("fixed"))
                                .containsEntry(ANNOTATION + "mac_address", "0a:00:00:00:aa:07")
                                .containsEntry(ANNOTATION + "allocated", "true"));
        assertThat(annotations("fixed").get(ANNOTATION + "ip_address"))
                .startsWith("10.16.200.7,fd00:10:16::");
    }

    @Test
    void refusesATakenAddressWithOneEventAndGrantsItWhenItIsFree() {
        create(pod("holder", Map.of(ANNOTATION + "ip_address", "10.16.200.9")));
        awaitAddress("holder");
        create(pod("second", Map.of(ANNOTATION + "ip_address", "10.16.200.9")));

        eventually(() -> assertThat(events("second")).hasSize(1));
        assertThat(events("second").getFirst().getReason()).isEqualTo("AddressTaken");
        assertThat(events("second").getFirst().getMessage())
                .contains("10.16.200.9")
                .contains("holder.shop");

        kubernetes.pods().inNamespace("shop").withName("holder").delete();
        eventually(
                () ->
                        assertThat(annotations("second"))
                                .containsEntry(ANNOTATION + "allocated", "true"));
        assertThat(events("second")).hasSize(1);
    }

    @Test
    void refusesMalformedAnnotationsWithAnEventThatNamesThem() {
        create(pod("hostile", Map.of(ANNOTATION + "ip_address", "10.16.0.300; drop table lease")));
        eventually(() -> assertThat(events("hostile")).hasSize(1));
        assertThat(events("hostile").getFirst().getMessage()).contains(ANNOTATION + "ip_address");
        assertThat(annotations("hostile")).doesNotContainKey(ANNOTATION + "allocated");
    }

    @Test
    void leasesNothingToPodsOfTheHostNetworkAndTakesBackFromFinishedOnes() {
        var host = pod("host", Map.of());
        host.getSpec().setHostNetwork(true);
        create(host);
        create(pod("job", Map.of()));
        awaitAddress("job");
        kubernetes
                .pods()
                .inNamespace("shop")
                .withName("job")
                .edit(
                        p ->
                                new PodBuilder(p)
                                        .editOrNewStatus()
                                        .withPhase("Succeeded")
                                        .endStatus()
                                        .build());

        eventually(() -> given().get("/v1/leases/job.shop").then().statusCode(404));
        given().get("/v1/leases/host.shop").then().statusCode(404);
    }

    @Test
    void leasesAnAddressOfTheJoinSubnetToANode() {
        kubernetes
                .resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName("n1")
                                .withUid("uid-n1")
                                .endMetadata()
                                .build())
                .create();
        eventually(
                () ->
                        assertThat(
                                        kubernetes
                                                .nodes()
                                                .withName("n1")
                                                .get()
                                                .getMetadata()
                                                .getAnnotations())
                                .containsEntry(ANNOTATION + "logical_switch", "join")
                                .containsEntry(ANNOTATION + "port_name", "node-n1")
                                .containsEntry(ANNOTATION + "allocated", "true"));
    }

    @Test
    void takesTheSubnetThatIsBoundToTheNamespaceByNameOrLabel() {
        kubernetes
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("blue")
                                .addToLabels("team", "blue")
                                .endMetadata()
                                .build())
                .create();
        var spec = SubnetSpec.builder().cidrBlock("10.30.0.0/24").namespaces("green").build();
        create(new Subnet("green", spec));
        eventually(
                () -> assertThat(ipam.active().orElseThrow().book().subnet("green")).isPresent());
        var pod = pod("in-green", Map.of());
        pod.getMetadata().setNamespace("green");
        kubernetes.resource(pod).create();

        eventually(
                () ->
                        given().get("/v1/leases/in-green.green")
                                .then()
                                .statusCode(200)
                                .body("subnet", equalTo("green"))
                                .body("addresses", equalTo("10.30.0.2")));
        given().get("/v1/subnets/green")
                .then()
                .statusCode(200)
                .body("families.IPv4.used", equalTo(1))
                .body("families.IPv4.available", equalTo(252));
    }

    @Test
    void saysOnAnInvalidSubnetWhatIsWrongAndLeasesNothingOfIt() {
        create(
                new Subnet(
                        "wrong",
                        SubnetSpec.builder()
                                .cidrBlock("10.31.0.0/24")
                                .gateway("10.99.0.1")
                                .build()));
        eventually(
                () -> {
                    var status =
                            kubernetes.resources(Subnet.class).withName("wrong").get().getStatus();
                    assertThat(status).isNotNull();
                    assertThat(status.conditions())
                            .anyMatch(
                                    c ->
                                            c.type().equals("Validated")
                                                    && c.status().equals("False")
                                                    && String.valueOf(c.message())
                                                            .contains("gateway"));
                });
        create(pod("lost", Map.of(ANNOTATION + "logical_switch", "wrong")));
        eventually(() -> assertThat(events("lost")).hasSize(1));
        assertThat(events("lost").getFirst().getReason()).isEqualTo("SubnetNotValid");
    }

    @Test
    void letsADeletedSubnetGoWhenItsLastLeaseEnds() {
        create(subnet("passing", "10.32.0.0/24"));
        create(pod("last", Map.of(ANNOTATION + "logical_switch", "passing")));
        awaitAddress("last");
        eventually(
                () ->
                        assertThat(
                                        kubernetes
                                                .resources(Subnet.class)
                                                .withName("passing")
                                                .get()
                                                .getMetadata()
                                                .getFinalizers())
                                .isNotEmpty());
        kubernetes.resources(Subnet.class).withName("passing").delete();
        create(pod("late", Map.of(ANNOTATION + "logical_switch", "passing")));
        eventually(() -> assertThat(events("late")).isNotEmpty());
        assertThat(kubernetes.resources(Subnet.class).withName("passing").get()).isNotNull();

        kubernetes.pods().inNamespace("shop").withName("last").delete();
        eventually(
                () ->
                        assertThat(kubernetes.resources(Subnet.class).withName("passing").get())
                                .isNull());
    }

    @Test
    void handlesABurstWithFewCommitsAndNoTwoAlike() {
        var name = "burst-" + subnets++;
        create(subnet(name, "10.40.0.0/22,fd00:40::/118"));
        eventually(() -> assertThat(ipam.active().orElseThrow().book().subnet(name)).isPresent());
        int pods = 300;
        IntStream.range(0, pods)
                .forEach(
                        i ->
                                create(
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
        IntStream.range(0, pods)
                .forEach(
                        i ->
                                kubernetes
                                        .pods()
                                        .inNamespace("shop")
                                        .withName(name + "-" + i)
                                        .delete());
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
        var name = "disorder-" + subnets++;
        create(subnet(name, "10.44.0.0/24"));
        eventually(() -> assertThat(ipam.active().orElseThrow().book().subnet(name)).isPresent());
        relay.disorder(new Random(7));
        for (int i = 0; i < 60; i++) {
            create(pod(name + "-" + i, Map.of(ANNOTATION + "logical_switch", name)));
            if (i % 3 == 0) {
                kubernetes.pods().inNamespace("shop").withName(name + "-" + i).delete();
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

    @Test
    void answersPageByPage() {
        var name = "pages-" + subnets++;
        create(subnet(name, "10.45.0.0/24"));
        IntStream.range(0, 5)
                .forEach(
                        i ->
                                create(
                                        pod(
                                                name + "-" + i,
                                                Map.of(ANNOTATION + "logical_switch", name))));
        eventually(
                () ->
                        given().queryParam("subnet", name)
                                .queryParam("limit", 3)
                                .get("/v1/leases")
                                .then()
                                .body("items", hasSize(3))
                                .body("next", equalTo(name + "-2.shop")));
        eventually(
                () ->
                        given().queryParam("subnet", name)
                                .queryParam("after", name + "-2.shop")
                                .get("/v1/leases")
                                .then()
                                .body("items", hasSize(2))
                                .body("next", nullValue()));
        given().queryParam("owner", "shop/" + name + "-4")
                .get("/v1/leases")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void answersBadRequestsWithProblemDetails() {
        for (var request :
                List.of(
                        "/v1/leases?limit=0",
                        "/v1/leases?limit=1001",
                        "/v1/leases?address=10.0.0.300",
                        "/v1/addresses/ovn-cluster/not-an-address",
                        "/v1/addresses/ovn-cluster/10.16.0.9?at=yesterday",
                        "/v1/leases?subnet=" + "x".repeat(300))) {
            given().urlEncodingEnabled(false)
                    .get(request)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:problem:ipam:bad-parameter"));
        }
        given().get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        given().get("/v1/subnets/nothing")
                .then()
                .statusCode(404)
                .body("detail", containsString("nothing"));
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Weft IPAM"));
    }

    @Test
    void servesASnapshotOfTheLeasesAtAPosition() {
        create(pod("snap", Map.of()));
        awaitAddress("snap");
        var lines = given().get("/v1/snapshots/ipam.lease").asString().lines().toList();
        assertThat(lines.getFirst()).contains("\"feed\":\"ipam.lease\"").contains("\"position\"");
        assertThat(lines).anyMatch(line -> line.contains("\"snap.shop\""));
        assertThat(lines.getLast()).contains("\"end\":true");
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics").then().body(containsString("weft_ipam_leases"));
    }

    private static void assertInOrderWithoutGaps(List<FeedMessage> messages) {
        for (int i = 1; i < messages.size(); i++) {
            assertThat(messages.get(i).position()).isEqualTo(messages.get(i - 1).position() + 1);
        }
    }

    private String awaitAddress(String pod) {
        eventually(
                () ->
                        assertThat(annotations(pod))
                                .containsKey(ANNOTATION + "ip_address")
                                .containsEntry(ANNOTATION + "allocated", "true"));
        return annotations(pod).get(ANNOTATION + "ip_address");
    }

    private Map<String, String> annotations(String pod) {
        var annotations =
                kubernetes
                        .pods()
                        .inNamespace("shop")
                        .withName(pod)
                        .get()
                        .getMetadata()
                        .getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private List<Event> events(String pod) {
        return kubernetes.v1().events().inNamespace("shop").list().getItems().stream()
                .filter(event -> pod.equals(event.getInvolvedObject().getName()))
                .toList();
    }

    private void create(Pod pod) {
        kubernetes.resource(pod).create();
    }

    private void create(Subnet subnet) {
        kubernetes.resource(subnet).create();
    }

    private static Subnet subnet(String name, String cidrs) {
        return new Subnet(name, SubnetSpec.builder().cidrBlock(cidrs).build());
    }

    private static Pod pod(String name, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
