package dev.weft.vpc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.weft.bus.Feeds;
import dev.weft.kube.NodeView;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.kube.v1.Vpc;
import dev.weft.kube.v1.VpcSpec;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Switches, routers and ports for what there is in Kubernetes and for what is leased. */
@QuarkusTest
class TopologyIT extends RunningService {

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
}
