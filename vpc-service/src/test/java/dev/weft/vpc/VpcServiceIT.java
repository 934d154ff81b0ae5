package dev.weft.vpc;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.weft.bus.Feeds;
import dev.weft.kube.NodeView;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.kube.v1.Vpc;
import dev.weft.kube.v1.VpcSpec;
import dev.weft.ovsdb.testing.OvsdbServer;
import dev.weft.vpc.northbound.Fabric;
import dev.weft.vpc.northbound.Northbound;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The service in one process with a real northbound database. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VpcServiceIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject VpcService service;
    @Inject Fabric fabric;
    @Inject Northbound northbound;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector channels;

    OvsdbServer database;
    KubernetesMockServer kubernetes;

    @FeedsOfTheTest Map<String, Feed> feeds;

    @BeforeEach
    void defaultVpc() {
        await().atMost(SOON).until(service::isActive);
        try (var client = kubernetes.createClient()) {
            for (var name : List.of("join", "ovn-default")) {
                await().atMost(SOON)
                        .until(() -> client.resources(Subnet.class).withName(name).get() != null);
                put(
                        Feeds.SUBNET,
                        "kube-subnet",
                        name,
                        client.resources(Subnet.class).withName(name).get());
            }
            relayVpc(client);
        }
        await().atMost(SOON).until(() -> nbctl("ls-list").contains("ovn-default"));
    }

    @Test
    void makesTheDefaultVpcWithItsSubnetsInKubernetesAndInOvn() {
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(nbctl("lr-list")).contains("(ovn-cluster)");
                            assertThat(nbctl("show", "ovn-cluster"))
                                    .contains(
                                            "ovn-cluster-join",
                                            "100.64.0.1/16",
                                            "fd00:100:64::1/112",
                                            "ovn-cluster-ovn-default",
                                            "10.16.0.1/16",
                                            "fd00:10:16::1/112");
                            assertThat(nbctl("lr-route-list", "ovn-cluster"))
                                    .contains("0.0.0.0/0", "::/0");
                            assertThat(nbctl("get", "NB_Global", ".", "options"))
                                    .contains("use_ct_inv_match=\"false\"");
                        });
        try (var client = kubernetes.createClient()) {
            assertThat(
                            client.resources(Subnet.class)
                                    .withName("ovn-default")
                                    .get()
                                    .getSpec()
                                    .natOutgoing())
                    .isTrue();
            await().atMost(SOON)
                    .untilAsserted(
                            () -> {
                                relayVpc(client);
                                var status =
                                        client.resources(Vpc.class)
                                                .withName("ovn-cluster")
                                                .get()
                                                .getStatus();
                                assertThat(status).isNotNull();
                                assertThat(status.router()).isEqualTo("ovn-cluster");
                                assertThat(status.standby()).isTrue();
                                assertThat(status.subnets()).contains("join", "ovn-default");
                                assertThat(status.conditions().getFirst().holds()).isTrue();
                            });
        }
    }

    @Test
    void givesALeaseAPortThatIsBoundToItsAddressesAndTakesItAway() {
        lease("web-0", "10.16.0.5,fd00:10:16::5", "0a:00:00:00:00:05");

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(nbctl("lsp-get-port-security", "web-0.shop"))
                                        .contains("0a:00:00:00:00:05 10.16.0.5 fd00:10:16::5"));
        assertThat(nbctl("lsp-get-addresses", "web-0.shop")).contains("10.16.0.5");
        assertThat(nbctl("get", "Logical_Switch_Port", "web-0.shop", "external_ids"))
                .contains(
                        "ls=ovn-default",
                        "pod=\"shop/web-0\"",
                        "vendor=kube-ovn",
                        "weft-owner=\"vpc/Pod/shop/web-0\"");

        remove(Feeds.LEASE, "ipam-lease", "web-0.shop");
        await().atMost(SOON).until(() -> !nbctl("lsp-list", "ovn-default").contains("web-0.shop"));
    }

    @Test
    void sendsPodsTrafficForANodesAddressToItsJoinAddress() {
        var node =
                new NodeView("n1", "", Map.of(), Map.of(), List.of("10.99.0.11"), true, false, "1");
        put(Feeds.NODE, "kube-node", "n1", node);
        put(
                Feeds.LEASE,
                "ipam-lease",
                "node-n1",
                Worlds.nodeLease("n1", "100.64.0.2,fd00:100:64::2", "0a:00:00:00:01:01"));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(nbctl("lr-policy-list", "ovn-cluster"))
                                        .contains("ip4.dst == 10.99.0.11", "100.64.0.2"));
        assertThat(nbctl("lsp-list", "join")).contains("node-n1");
    }

    @Test
    void bringsEverythingBackIdenticalWhenTheDatabaseIsEmptied() throws Exception {
        lease("web-1", "10.16.0.6", "0a:00:00:00:00:06");
        await().atMost(SOON).until(() -> nbctl("lsp-list", "ovn-default").contains("web-1.shop"));
        settled();
        var before = contents();

        nbctl("--all", "destroy", "Logical_Switch", "--", "--all", "destroy", "Logical_Router");

        await().atMost(SOON).untilAsserted(() -> assertThat(contents()).isEqualTo(before));
    }

    @Test
    void mendsWhatSomebodyElseChanged() {
        lease("web-2", "10.16.0.7", "0a:00:00:00:00:07");
        await().atMost(SOON).until(() -> nbctl("lsp-list", "ovn-default").contains("web-2.shop"));

        nbctl("lsp-set-port-security", "web-2.shop");

        await().atMost(SOON)
                .until(() -> nbctl("lsp-get-port-security", "web-2.shop").contains("10.16.0.7"));
    }

    @Test
    void leavesTheRowsOfOthersAlone() throws Exception {
        nbctl("--may-exist", "ls-add", "foreign");
        nbctl("--may-exist", "lsp-add", "ovn-default", "foreign-port");

        fabric.submitAll();
        settled();

        assertThat(nbctl("ls-list")).contains("(foreign)");
        assertThat(nbctl("lsp-list", "ovn-default")).contains("foreign-port");
        nbctl("ls-del", "foreign", "--", "lsp-del", "foreign-port");
    }

    @Test
    void sendsNothingWhenThereIsNothingToChange() throws Exception {
        lease("web-3", "10.16.0.8", "0a:00:00:00:00:08");
        await().atMost(SOON).until(() -> nbctl("lsp-list", "ovn-default").contains("web-3.shop"));
        settled();
        var before = northbound.database().client().statistics();

        fabric.submitAll(); // what a start does
        settled();

        var after = northbound.database().client().statistics();
        assertThat(after.writes()).isEqualTo(before.writes());
        assertThat(after.transactions()).isEqualTo(before.transactions());
    }

    @Test
    void keepsTheSwitchOfADeletedSubnetUntilItsPortsAreGone() throws Exception {
        subnet("green", SubnetSpec.builder().cidrBlock("10.18.0.0/16").build());
        await().atMost(SOON).until(() -> nbctl("ls-list").contains("(green)"));
        put(
                Feeds.LEASE,
                "ipam-lease",
                "leaf.shop",
                Worlds.podLease("shop", "leaf", "green", "10.18.0.2", "0a:00:00:00:02:02", true));
        await().atMost(SOON).until(() -> nbctl("lsp-list", "green").contains("leaf.shop"));

        remove(Feeds.SUBNET, "kube-subnet", "green");
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                given().get("/v1/plan/Subnet/green")
                                        .then()
                                        .body("text", containsString("still holds")));
        settled();
        assertThat(nbctl("lsp-list", "green")).contains("leaf.shop");

        remove(Feeds.LEASE, "ipam-lease", "leaf.shop");
        await().atMost(SOON).until(() -> !nbctl("ls-list").contains("(green)"));
    }

    @Test
    void makesNoSwitchForAnInvalidSubnetAndSaysWhy() throws Exception {
        subnet("bad", SubnetSpec.builder().cidrBlock("10.16.8.0/24").build());

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                given().get("/v1/plan/Subnet/bad")
                                        .then()
                                        .statusCode(200)
                                        .body("inSync", is(false))
                                        .body("refusal", containsString("overlaps")));
        settled();
        assertThat(nbctl("ls-list")).doesNotContain("(bad)");
        given().get("/v1/status").then().body("refused.owner", hasItem("vpc/Subnet/bad"));
        remove(Feeds.SUBNET, "kube-subnet", "bad");
    }

    @Test
    void makesARouterForAnotherVpcWithASubnetInIt() {
        put(Feeds.VPC, "kube-vpc", "red", new Vpc("red", VpcSpec.EMPTY));
        subnet("inner", SubnetSpec.builder().vpc("red").cidrBlock("10.16.0.0/16").build());

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(nbctl("show", "red"))
                                        .contains("red-inner", "10.16.0.1/16"));

        remove(Feeds.SUBNET, "kube-subnet", "inner");
        remove(Feeds.VPC, "kube-vpc", "red");
        await().atMost(SOON).until(() -> !nbctl("lr-list").contains("(red)"));
    }

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
    @Order(1)
    void removesWhatItMadeInAnEarlierLifeForObjectsThatAreGoneSince() {
        await().atMost(SOON).until(() -> !nbctl("ls-list").contains("(stale)"));
        assertThat(nbctl("ls-list")).contains("(of-another-service)");
    }

    @Test
    void carriesOnWhereItWasAfterTheDatabaseWasKilled() throws Exception {
        database.kill();
        lease("web-4", "10.16.0.9", "0a:00:00:00:00:09");
        await().atMost(SOON).until(() -> !northbound.isConnected());
        given().get("/q/health/ready").then().statusCode(503);

        database.start();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(nbctl("lsp-list", "ovn-default")).contains("web-4.shop"));
        await().atMost(SOON)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
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

    private void subnet(String name, SubnetSpec spec) {
        put(Feeds.SUBNET, "kube-subnet", name, new Subnet(name, spec));
    }

    private void lease(String pod, String addresses, String mac) {
        put(
                Feeds.LEASE,
                "ipam-lease",
                pod + ".shop",
                Worlds.podLease("shop", pod, "ovn-default", addresses, mac, true));
    }

    private void relayVpc(KubernetesClient client) {
        await().atMost(SOON)
                .until(() -> client.resources(Vpc.class).withName("ovn-cluster").get() != null);
        put(
                Feeds.VPC,
                "kube-vpc",
                "ovn-cluster",
                client.resources(Vpc.class).withName("ovn-cluster").get());
    }

    private void put(String feed, String channel, String key, Object object) {
        channels.source(channel).send(feeds.get(feed).put(key, object));
    }

    private void remove(String feed, String channel, String key) {
        channels.source(channel).send(feeds.get(feed).remove(key));
    }

    private void settled() throws InterruptedException {
        assertThat(fabric.awaitIdle(SOON)).isTrue();
    }

    /** Names and contents of all our switches, routers and ports, without UUIDs. */
    private List<String> contents() {
        return List.of(
                sorted("Logical_Switch", "name,external_ids,other_config"),
                sorted("Logical_Switch_Port", "name,type,addresses,port_security,external_ids"),
                sorted("Logical_Router", "name,options,external_ids"),
                sorted("Logical_Router_Port", "name,mac,networks,external_ids"),
                sorted("Logical_Router_Static_Route", "ip_prefix,nexthop,external_ids"),
                sorted("Logical_Router_Policy", "priority,match,nexthops,external_ids"));
    }

    private String sorted(String table, String columns) {
        return nbctl(
                        "--bare",
                        "--format=csv",
                        "--no-headings",
                        "--columns=" + columns,
                        "list",
                        table)
                .lines()
                .filter(row -> row.contains("weft-owner=vpc/"))
                .sorted()
                .toList()
                .toString();
    }

    private String nbctl(String... arguments) {
        var command = new ArrayList<>(List.of("ovn-nbctl", "--db=" + database.unix()));
        command.addAll(List.of(arguments));
        return OvsdbServer.run(command.toArray(String[]::new));
    }
}
