package dev.weft.ipam;

import static dev.weft.ipam.testing.Cluster.ANNOTATION;
import static dev.weft.ipam.testing.Cluster.eventually;
import static dev.weft.ipam.testing.Cluster.pod;
import static dev.weft.ipam.testing.Cluster.subnet;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.weft.ipam.testing.Cluster;
import dev.weft.ipam.testing.Surroundings;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subnets from their coming to their going: which pods are theirs, what is wrong with them. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class SubnetLifeIT {

    @Inject Cluster cluster;

    @BeforeEach
    void isActive() {
        cluster.awaitActive();
    }

    @Test
    void takesTheSubnetThatIsBoundToTheNamespaceByNameOrLabel() {
        cluster.create(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("blue")
                        .addToLabels("team", "blue")
                        .endMetadata()
                        .build());
        var spec = SubnetSpec.builder().cidrBlock("10.30.0.0/24").namespaces("green").build();
        cluster.create(new Subnet("green", spec));
        cluster.awaitSubnet("green");
        var pod = pod("in-green", Map.of());
        pod.getMetadata().setNamespace("green");
        cluster.create(pod);

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
        cluster.create(
                new Subnet(
                        "wrong",
                        SubnetSpec.builder()
                                .cidrBlock("10.31.0.0/24")
                                .gateway("10.99.0.1")
                                .build()));
        eventually(
                () -> {
                    var status = cluster.subnet("wrong").get().getStatus();
                    assertThat(status).isNotNull();
                    assertThat(status.conditions())
                            .anyMatch(
                                    c ->
                                            c.type().equals("Validated")
                                                    && c.status().equals("False")
                                                    && String.valueOf(c.message())
                                                            .contains("gateway"));
                });
        cluster.create(pod("lost", Map.of(ANNOTATION + "logical_switch", "wrong")));
        eventually(() -> assertThat(cluster.events("lost")).hasSize(1));
        assertThat(cluster.events("lost").getFirst().getReason()).isEqualTo("SubnetNotValid");
    }

    @Test
    void letsADeletedSubnetGoWhenItsLastLeaseEnds() {
        cluster.create(subnet("passing", "10.32.0.0/24"));
        cluster.create(pod("last", Map.of(ANNOTATION + "logical_switch", "passing")));
        cluster.awaitAddress("last");
        eventually(
                () ->
                        assertThat(cluster.subnet("passing").get().getMetadata().getFinalizers())
                                .isNotEmpty());
        cluster.subnet("passing").delete();
        // the feed of subnets is in order: who knows of the next subnet knows of the deletion
        cluster.create(subnet("next", "10.35.0.0/24"));
        cluster.create(pod("first", Map.of(ANNOTATION + "logical_switch", "next")));
        cluster.awaitAddress("first");
        cluster.create(pod("late", Map.of(ANNOTATION + "logical_switch", "passing")));
        eventually(() -> assertThat(cluster.events("late")).isNotEmpty());
        assertThat(cluster.subnet("passing").get()).isNotNull();

        cluster.deletePod("last");
        eventually(() -> assertThat(cluster.subnet("passing").get()).isNull());
    }
}
