package dev.weft.relay;

import static dev.weft.relay.Cluster.SOON;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.weft.bus.Problem;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.lab.Lab;
import dev.weft.lab.kube.ClusterObjects;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What only a real API server does: it does not know kinds whose CRD is not installed, and what it
 * holds outlives it. The embedded one serves every kind and forgets everything.
 */
@QuarkusTest
@WithTestResource(
        value = Surroundings.class,
        initArgs = @ResourceArg(name = "kinds", value = "absent"))
@Tag("real-kube")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealApiServerIT {
    @Inject Receiver receiver;

    @TestHTTPResource URI url;

    Lab lab;

    @Test
    @Order(1)
    void waitsForCrdsThatAreNotInstalledYetAndPicksThemUp() {
        receiver.start(url);
        given().get("/q/health/ready").then().statusCode(503).body(containsString("kube.subnet"));
        given().get("/v1/snapshots/kube.subnet")
                .then()
                .statusCode(503)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", is("urn:problem:relay:not-listed-yet"));

        new ClusterObjects(lab).ensureKinds();
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        lab.kube()
                .resource(
                        new Subnet("blue", SubnetSpec.builder().cidrBlock("10.20.0.0/16").build()))
                .create();

        await().atMost(SOON).until(() -> receiver.subnets.get("blue").isPresent());
    }

    @Test
    @Order(2)
    void goesOnAfterTheApiServerWasKilled() {
        var cluster = new Cluster(lab, receiver);
        lab.process("kube-apiserver").kill();
        lab.process("kube-apiserver").start();
        cluster.create("later");
        cluster.awaitPod("later", true);
        assertThat(receiver.subnets.get("blue")).isPresent();
    }
}
