package dev.weft.ipam;

import static dev.weft.ipam.testing.Cluster.ANNOTATION;
import static dev.weft.ipam.testing.Cluster.eventually;
import static dev.weft.ipam.testing.Cluster.pod;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.weft.ipam.testing.Cluster;
import dev.weft.ipam.testing.Surroundings;
import dev.weft.ipam.testing.TestBroker;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pods and nodes get, keep and give back, told to everyone who has to know. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class PodLeaseIT {

    @Inject Cluster cluster;
    @Inject TestBroker broker;

    @BeforeEach
    void isActive() {
        cluster.awaitActive();
    }

    @Test
    void leasesBothFamiliesToAPodAndTellsEveryoneWhoHasToKnow() {
        cluster.create(pod("web-0", Map.of()));

        eventually(
                () ->
                        assertThat(cluster.annotations("web-0"))
                                .containsEntry(ANNOTATION + "allocated", "true")
                                .containsEntry(ANNOTATION + "routed", "true")
                                .containsEntry(ANNOTATION + "logical_switch", "ovn-default")
                                .containsEntry(ANNOTATION + "logical_router", "ovn-cluster")
                                .containsEntry(ANNOTATION + "pod_nic_type", "veth-pair")
                                .containsEntry(ANNOTATION + "cidr", "10.16.0.0/16,fd00:10:16::/112")
                                .containsEntry(ANNOTATION + "gateway", "10.16.0.1,fd00:10:16::1"));
        var addresses = cluster.annotations("web-0").get(ANNOTATION + "ip_address");
        eventually(
                () -> {
                    var ip = cluster.ip("web-0.shop").get();
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
                    var status = cluster.subnet("ovn-default").get();
                    assertThat(status.getStatus().v4usingIPs()).isPositive();
                    assertThat(status.getMetadata().getFinalizers())
                            .contains("kubeovn.io/kube-ovn-controller");
                    assertThat(status.getSpec().gateway()).isEqualTo("10.16.0.1,fd00:10:16::1");
                });
    }

    @Test
    void releasesTheLeaseOfADeletedPodAndRemembersWhoHadIt() {
        cluster.create(pod("gone", Map.of()));
        var address = cluster.awaitAddress("gone").split(",")[0];
        var during = Instant.now();
        cluster.deletePod("gone");

        eventually(() -> given().get("/v1/leases/gone.shop").then().statusCode(404));
        eventually(() -> assertThat(cluster.ip("gone.shop").get()).isNull());
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
        cluster.create(pod("twice", Map.of()));
        var first = cluster.awaitAddress("twice");
        cluster.deletePod("twice");
        cluster.create(pod("twice", Map.of()));

        var second = cluster.awaitAddress("twice");
        assertThat(second).isNotEqualTo(first);
        var history = "/v1/addresses/ovn-cluster/" + first.split(",")[0] + "/history";
        eventually(() -> given().get(history).then().body("items[0].ended.size()", not(0)));
    }

    @Test
    void leasesTheFixedAddressAndMacThatAnAnnotationAsksFor() {
        cluster.create(
                pod(
                        "fixed",
                        Map.of(
                                ANNOTATION + "ip_address", "10.16.200.7",
                                ANNOTATION + "mac_address", "0A:00:00:00:AA:07")));
        eventually(
                () ->
                        assertThat(cluster.annotations("fixed"))
                                .containsEntry(ANNOTATION + "mac_address", "0a:00:00:00:aa:07")
                                .containsEntry(ANNOTATION + "allocated", "true"));
        assertThat(cluster.annotations("fixed").get(ANNOTATION + "ip_address"))
                .startsWith("10.16.200.7,fd00:10:16::");
    }

    @Test
    void refusesATakenAddressWithOneEventAndGrantsItWhenItIsFree() {
        cluster.create(pod("holder", Map.of(ANNOTATION + "ip_address", "10.16.200.9")));
        cluster.awaitAddress("holder");
        cluster.create(pod("second", Map.of(ANNOTATION + "ip_address", "10.16.200.9")));

        eventually(() -> assertThat(cluster.events("second")).hasSize(1));
        assertThat(cluster.events("second").getFirst().getReason()).isEqualTo("AddressTaken");
        assertThat(cluster.events("second").getFirst().getMessage())
                .contains("10.16.200.9")
                .contains("holder.shop");

        cluster.deletePod("holder");
        eventually(
                () ->
                        assertThat(cluster.annotations("second"))
                                .containsEntry(ANNOTATION + "allocated", "true"));
        assertThat(cluster.events("second")).hasSize(1);
    }

    @Test
    void refusesMalformedAnnotationsWithAnEventThatNamesThem() {
        cluster.create(
                pod("hostile", Map.of(ANNOTATION + "ip_address", "10.16.0.300; drop table lease")));
        eventually(() -> assertThat(cluster.events("hostile")).hasSize(1));
        assertThat(cluster.events("hostile").getFirst().getMessage())
                .contains(ANNOTATION + "ip_address");
        assertThat(cluster.annotations("hostile")).doesNotContainKey(ANNOTATION + "allocated");
    }

    @Test
    void leasesNothingToPodsOfTheHostNetworkAndTakesBackFromFinishedOnes() {
        var host = pod("host", Map.of());
        host.getSpec().setHostNetwork(true);
        cluster.create(host);
        cluster.create(pod("job", Map.of()));
        cluster.awaitAddress("job");
        cluster.pods()
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
        cluster.create(
                new NodeBuilder()
                        .withNewMetadata()
                        .withName("n1")
                        .withUid("uid-n1")
                        .endMetadata()
                        .build());
        eventually(
                () ->
                        assertThat(
                                        cluster.kubernetes()
                                                .nodes()
                                                .withName("n1")
                                                .get()
                                                .getMetadata()
                                                .getAnnotations())
                                .containsEntry(ANNOTATION + "logical_switch", "join")
                                .containsEntry(ANNOTATION + "port_name", "node-n1")
                                .containsEntry(ANNOTATION + "allocated", "true"));
    }
}
