package dev.weft.ipam;

import static dev.weft.ipam.testing.Cluster.ANNOTATION;
import static dev.weft.ipam.testing.Cluster.eventually;
import static dev.weft.ipam.testing.Cluster.pod;
import static dev.weft.ipam.testing.Cluster.subnet;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.weft.ipam.testing.Cluster;
import dev.weft.ipam.testing.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service answers over HTTP. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class RestIT {

    @Inject Cluster cluster;

    @BeforeEach
    void isActive() {
        cluster.awaitActive();
    }

    @Test
    void answersPageByPage() {
        var name = "pages-" + cluster.next();
        cluster.create(subnet(name, "10.45.0.0/24"));
        IntStream.range(0, 5)
                .forEach(
                        i ->
                                cluster.create(
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
        cluster.create(pod("snap", Map.of()));
        cluster.awaitAddress("snap");
        var lines = given().get("/v1/snapshots/ipam.lease").asString().lines().toList();
        assertThat(lines.getFirst()).contains("\"feed\":\"ipam.lease\"").contains("\"position\"");
        assertThat(lines).anyMatch(line -> line.contains("\"snap.shop\""));
        assertThat(lines.getLast()).contains("\"end\":true");
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics").then().body(containsString("weft_ipam_leases"));
    }
}
