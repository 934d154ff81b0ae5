package dev.weft.vpc;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the service answers over HTTP. */
@QuarkusTest
class RestIT extends RunningService {

    @Test
    void plansASubnetThatDoesNotExistYetWithoutMakingIt() {
        givenYaml()
                .body(
                        """
                        apiVersion: kubeovn.io/v1
                        kind: Subnet
                        metadata: {name: planned}
                        spec: {cidrBlock: 10.19.0.0/16}
                        """)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("owner", is("vpc/Subnet/planned"))
                .body("inSync", is(false))
                .body("text", containsString("ovn-cluster-planned"));

        assertThat(nbctl("ls-list")).doesNotContain("(planned)");
    }

    @Test
    void saysWhatIsWrongWithAPlannedSubnet() {
        given().contentType("application/json")
                .body(
                        """
                        {"kind": "Subnet", "metadata": {"name": "planned"},
                         "spec": {"cidrBlock": "10.19.0.0/16", "gateway": "10.20.0.1"}}
                        """)
                .post("/v1/plan")
                .then()
                .statusCode(200)
                .body("refusal", startsWith("spec.gateway \"10.20.0.1\""));
    }

    @Test
    void refusesWhatIsNoManifest() {
        for (var body :
                List.of(" ", "[", "kind: Pod", "kind: Subnet\nmetadata: {name: '../x'}", "42")) {
            givenYaml()
                    .body(body)
                    .post("/v1/plan")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("type", is("urn:problem:vpc:not-a-manifest"));
        }
    }

    @Test
    void tellsOfObjectsThatItDoesNotKnow() {
        given().get("/v1/plan/Pod/shop/nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", is("urn:problem:vpc:no-such-object"))
                .body("instance", is("/v1/plan/Pod/shop/nobody"));
        given().get("/v1/plan/Gadget/x")
                .then()
                .statusCode(404)
                .body("type", is("urn:problem:vpc:unknown-kind"));
    }

    @Test
    void reportsAndRepairsDrift() throws Exception {
        settled();
        given().get("/v1/drift").then().statusCode(200).body("inSync", is(true));
        given().post("/v1/drift/repair").then().statusCode(200).body("remaining", empty());
    }

    @Test
    void isReadyAndTellsHowItStands() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(containsString("\"active\": true"));
        given().get("/v1/status")
                .then()
                .body("active", is(true))
                .body("lock", is(true))
                .body("feeds.feed", hasItem("ipam.lease"));
        given().get("/q/metrics")
                .then()
                .body(containsString("weft_northbound_transactions_total"))
                .body(containsString("weft_reconcile_queue_depth"));
        given().get("/q/openapi").then().body(containsString("/v1/drift/repair"));
    }

    /** REST Assured does not know how to send YAML. */
    private static RequestSpecification givenYaml() {
        var asText = encoderConfig().encodeContentTypeAs("application/yaml", ContentType.TEXT);
        return given().config(config().encoderConfig(asText)).contentType("application/yaml");
    }
}
