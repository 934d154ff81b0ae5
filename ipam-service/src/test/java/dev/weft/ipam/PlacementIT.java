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
import dev.weft.kube.v1.IpPool;
import dev.weft.kube.v1.IpPoolSpec;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.kube.v1.Vpc;
import dev.weft.kube.v1.VpcSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a pod lands: pools, bindings, VPCs, further networks, and subnets that change. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class PlacementIT {

    @Inject Cluster cluster;

    @BeforeEach
    void isActive() {
        cluster.awaitActive();
    }

    @Test
    void aNamedPoolGivesItsAddressesToThoseWhoAskForItAndToNobodyElse() {
        cluster.create(subnet("pooled", "10.60.0.0/29"));
        cluster.create(pool("small", "pooled", List.of("10.60.0.2..10.60.0.3"), List.of()));
        cluster.awaitSubnet("pooled");
        awaitPool("small");
        cluster.create(pod("common", Map.of(ANNOTATION + "logical_switch", "pooled")));
        assertThat(cluster.awaitAddress("common")).isEqualTo("10.60.0.4");
        for (int i = 0; i < 3; i++) {
            cluster.create(pod("member-" + i, Map.of(ANNOTATION + "ip_pool", "small")));
        }
        eventually(
                () -> {
                    var status =
                            cluster.kubernetes()
                                    .resources(IpPool.class)
                                    .withName("small")
                                    .get()
                                    .getStatus();
                    assertThat(status).isNotNull();
                    assertThat(status.v4UsingIPs()).isEqualTo(2);
                    assertThat(status.v4AvailableIPs()).isEqualTo(0);
                    assertThat(status.v4UsingIPRange()).isEqualTo("10.60.0.2..10.60.0.3");
                });
        var waiting =
                List.of("member-0", "member-1", "member-2").stream()
                        .filter(
                                name ->
                                        !cluster.annotations(name)
                                                .containsKey(ANNOTATION + "allocated"))
                        .toList();
        assertThat(waiting).hasSize(1);
        eventually(() -> assertThat(cluster.events(waiting.getFirst())).hasSize(1));
        assertThat(cluster.events(waiting.getFirst()).getFirst().getMessage()).contains("small");
        var other = waiting.getFirst().equals("member-0") ? "member-1" : "member-0";
        cluster.deletePod(other);
        cluster.awaitAddress(waiting.getFirst());
    }

    @Test
    void aPoolBoundToANamespaceIsWhereItsPodsTakeFromAndTheNamespaceSaysSo() {
        namespace("bound-pool", Map.of());
        cluster.create(subnet("wide", "10.61.0.0/24"));
        cluster.create(pool("ofns", "wide", List.of("10.61.0.128/25"), List.of("bound-pool")));
        cluster.awaitSubnet("wide");
        awaitPool("ofns");
        create("bound-pool", pod("inside", Map.of()));
        eventually(
                () ->
                        given().get("/v1/leases/inside.bound-pool")
                                .then()
                                .body("addresses", equalTo("10.61.0.128")));
        eventually(
                () ->
                        assertThat(annotationsOf("bound-pool"))
                                .containsEntry(ANNOTATION + "ip_pool", "ofns")
                                .containsEntry(ANNOTATION + "logical_switch", "wide"));
    }

    @Test
    void aDeletedPoolGivesItsAddressesBack() {
        cluster.create(subnet("back", "10.62.0.0/30"));
        cluster.create(pool("all", "back", List.of("10.62.0.0/30"), List.of()));
        cluster.awaitSubnet("back");
        awaitPool("all");
        cluster.create(pod("patient", Map.of(ANNOTATION + "logical_switch", "back")));
        eventually(() -> assertThat(cluster.events("patient")).hasSize(1));
        cluster.kubernetes().resources(IpPool.class).withName("all").delete();
        assertThat(cluster.awaitAddress("patient")).isEqualTo("10.62.0.2");
    }

    @Test
    void workloadsTakeTheFirstFreeItemOfTheirList() {
        var list = Map.of(ANNOTATION + "ip_pool", "10.16.230.1;10.16.230.2");
        cluster.create(pod("worker-a", list));
        assertThat(cluster.awaitAddress("worker-a")).startsWith("10.16.230.1");
        cluster.create(pod("worker-b", list));
        assertThat(cluster.awaitAddress("worker-b")).startsWith("10.16.230.2");
        cluster.create(pod("worker-c", list));
        eventually(() -> assertThat(cluster.events("worker-c")).hasSize(1));
        cluster.deletePod("worker-a");
        assertThat(cluster.awaitAddress("worker-c")).startsWith("10.16.230.1");
    }

    @Test
    void aVpcsNamespacesUseItsDefaultSubnetBeforeWhatIsBoundToThem() {
        namespace("tenant", Map.of());
        var inVpc = SubnetSpec.builder().cidrBlock("10.63.0.0/24").vpc("red").build();
        cluster.create(new Subnet("red-default", inVpc));
        cluster.create(
                new Subnet(
                        "bound-too",
                        SubnetSpec.builder()
                                .cidrBlock("10.64.0.0/24")
                                .namespaces("tenant")
                                .build()));
        cluster.create(
                new Vpc(
                        "red",
                        new VpcSpec(
                                List.of("tenant"),
                                "red-default",
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                List.of(),
                                null,
                                null,
                                Map.of())));
        cluster.awaitSubnet("red-default");
        cluster.awaitSubnet("bound-too");
        eventually(
                () ->
                        assertThat(annotationsOf("tenant"))
                                .containsEntry(
                                        ANNOTATION + "logical_switch", "red-default,bound-too"));
        create("tenant", pod("guest", Map.of()));
        eventually(
                () ->
                        given().get("/v1/leases/guest.tenant")
                                .then()
                                .body("vpc", equalTo("red"))
                                .body("addresses", equalTo("10.63.0.2")));
    }

    @Test
    void aNamespaceThatIsLabelledAnewIsBoundAnew() {
        namespace("labelled", Map.of("team", "old"));
        cluster.create(
                new Subnet(
                        "of-team",
                        SubnetSpec.builder()
                                .cidrBlock("10.65.0.0/24")
                                .namespaceSelectors(
                                        new LabelSelectorBuilder()
                                                .addToMatchLabels("team", "new")
                                                .build())
                                .build()));
        cluster.awaitSubnet("of-team");
        create("labelled", pod("before", Map.of()));
        eventually(
                () ->
                        given().get("/v1/leases/before.labelled")
                                .then()
                                .body("subnet", equalTo("ovn-default")));
        cluster.kubernetes()
                .namespaces()
                .withName("labelled")
                .edit(
                        ns ->
                                new NamespaceBuilder(ns)
                                        .editMetadata()
                                        .addToLabels("team", "new")
                                        .endMetadata()
                                        .build());
        eventually(
                () ->
                        assertThat(annotationsOf("labelled"))
                                .containsEntry(ANNOTATION + "logical_switch", "of-team"));
        create("labelled", pod("after", Map.of()));
        eventually(
                () ->
                        given().get("/v1/leases/after.labelled")
                                .then()
                                .body("subnet", equalTo("of-team")));
    }

    @Test
    void aCidrMayChangeUnderLivePodsAsLongAsTheyStayInside() {
        cluster.create(subnet("growing", "10.66.0.0/29"));
        cluster.awaitSubnet("growing");
        cluster.create(pod("stays", Map.of(ANNOTATION + "logical_switch", "growing")));
        assertThat(cluster.awaitAddress("stays")).isEqualTo("10.66.0.2");
        changeCidr("growing", "10.66.0.0/24");
        eventually(
                () ->
                        given().get("/v1/subnets/growing")
                                .then()
                                .body("cidr", equalTo("10.66.0.0/24"))
                                .body("families.IPv4.used", equalTo(1)));
        changeCidr("growing", "10.66.1.0/24");
        eventually(
                () -> {
                    var status = cluster.subnet("growing").get().getStatus();
                    assertThat(status).isNotNull();
                    assertThat(status.conditions())
                            .anyMatch(
                                    c ->
                                            c.type().equals("Validated")
                                                    && c.status().equals("False")
                                                    && String.valueOf(c.message())
                                                            .contains("stays.shop (10.66.0.2)"));
                });
        // it is served as it was
        cluster.create(pod("comes", Map.of(ANNOTATION + "logical_switch", "growing")));
        assertThat(cluster.awaitAddress("comes")).startsWith("10.66.0.");
    }

    @Test
    void subnetsThatOverlapEachOtherOrServicesAreRefusedAndThoseOfOtherVpcsAreNot() {
        cluster.create(subnet("first", "10.67.0.0/24"));
        cluster.awaitSubnet("first");
        cluster.create(subnet("second", "10.67.0.128/25"));
        cluster.create(
                new Subnet(
                        "foreign",
                        SubnetSpec.builder().cidrBlock("10.67.0.0/24").vpc("blue").build()));
        cluster.create(subnet("services", "10.96.8.0/24"));
        cluster.create(
                new Subnet(
                        "joining",
                        SubnetSpec.builder().cidrBlock("100.64.9.0/24").vpc("blue").build()));
        cluster.awaitSubnet("foreign");
        for (var refused :
                Map.of("second", "first", "services", "Services", "joining", "join").entrySet()) {
            eventually(
                    () -> {
                        var status = cluster.subnet(refused.getKey()).get().getStatus();
                        assertThat(status).isNotNull();
                        assertThat(status.conditions())
                                .anyMatch(
                                        c ->
                                                c.status().equals("False")
                                                        && String.valueOf(c.message())
                                                                .contains(refused.getValue()));
                    });
        }
    }

    @Test
    void furtherNetworksOfAPodGetAddressesOfTheirOwn() {
        cluster.create(
                new Subnet(
                        "attached",
                        SubnetSpec.builder()
                                .cidrBlock("10.68.0.0/24")
                                .provider("fast.shop.ovn")
                                .build()));
        cluster.create(
                new Subnet(
                        "macvlans",
                        SubnetSpec.builder()
                                .cidrBlock("10.69.0.0/24")
                                .provider("vlan.shop")
                                .build()));
        attachment(
                "fast",
                "{\"type\":\"kube-ovn\",\"provider\":\"fast.shop.ovn\",\"server_socket\":\"x\"}");
        attachment(
                "vlan",
                "{\"type\":\"macvlan\",\"ipam\":{\"type\":\"kube-ovn\",\"provider\":\"vlan.shop\"}}");
        cluster.awaitSubnet("attached");
        cluster.awaitSubnet("macvlans");
        cluster.create(
                pod(
                        "multi",
                        Map.of(
                                "k8s.v1.cni.cncf.io/networks",
                                "fast,vlan",
                                "fast.shop.ovn.kubernetes.io/ip_address",
                                "10.68.0.77")));
        cluster.awaitAddress("multi");
        eventually(
                () ->
                        assertThat(cluster.annotations("multi"))
                                .containsEntry("fast.shop.ovn.kubernetes.io/allocated", "true")
                                .containsEntry(
                                        "fast.shop.ovn.kubernetes.io/ip_address", "10.68.0.77")
                                .containsEntry("vlan.shop.kubernetes.io/allocated", "true")
                                .containsEntry("vlan.shop.kubernetes.io/ip_address", "10.69.0.2"));
        eventually(() -> assertThat(cluster.ip("multi.shop.fast.shop.ovn").get()).isNotNull());
        cluster.create(
                pod(
                        "both-ends",
                        Map.of(
                                "k8s.v1.cni.cncf.io/networks",
                                "[{\"name\":\"fast\",\"interface\":\"a\",\"ips\":[\"10.68.0.81\"]},"
                                        + "{\"name\":\"fast\",\"interface\":\"b\",\"ips\":[\"10.68.0.82/24\"]}]")));
        eventually(
                () ->
                        assertThat(cluster.annotations("both-ends"))
                                .containsEntry(
                                        "fast.shop.ovn.a.kubernetes.io/ip_address", "10.68.0.81")
                                .containsEntry(
                                        "fast.shop.ovn.b.kubernetes.io/ip_address", "10.68.0.82"));
        cluster.deletePod("multi");
        eventually(
                () ->
                        given().queryParam("subnet", "macvlans")
                                .get("/v1/leases")
                                .then()
                                .body("items.size()", equalTo(0)));
    }

    @Test
    void aNetworkThatDoesNotExistIsToldOnceAndAttachedWhenItComes() {
        cluster.create(
                new Subnet(
                        "later",
                        SubnetSpec.builder()
                                .cidrBlock("10.70.0.0/24")
                                .provider("later.shop.ovn")
                                .build()));
        cluster.awaitSubnet("later");
        cluster.create(pod("hopeful", Map.of("k8s.v1.cni.cncf.io/networks", "later")));
        cluster.awaitAddress("hopeful");
        eventually(() -> assertThat(cluster.events("hopeful")).hasSize(1));
        attachment("later", "{\"type\":\"kube-ovn\",\"provider\":\"later.shop.ovn\"}");
        eventually(
                () ->
                        assertThat(cluster.annotations("hopeful"))
                                .containsEntry(
                                        "later.shop.ovn.kubernetes.io/ip_address", "10.70.0.2"));
        assertThat(cluster.events("hopeful")).hasSize(1);
    }

    private void awaitPool(String name) {
        eventually(
                () ->
                        assertThat(
                                        cluster.kubernetes()
                                                .resources(IpPool.class)
                                                .withName(name)
                                                .get()
                                                .getStatus())
                                .isNotNull());
    }

    private static IpPool pool(
            String name, String subnet, List<String> ips, List<String> namespaces) {
        return new IpPool(name, IpPoolSpec.of(subnet, ips, namespaces));
    }

    private void changeCidr(String name, String cidr) {
        cluster.subnet(name)
                .edit(
                        s -> {
                            s.setSpec(SubnetSpec.builder().cidrBlock(cidr).build());
                            return s;
                        });
    }

    private void attachment(String name, String config) {
        var object = new GenericKubernetesResource();
        object.setApiVersion("k8s.cni.cncf.io/v1");
        object.setKind("NetworkAttachmentDefinition");
        object.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("shop").build());
        object.setAdditionalProperty("spec", Map.of("config", config));
        Cluster.generic(cluster.kubernetes(), "k8s.cni.cncf.io", "NetworkAttachmentDefinition")
                .inNamespace("shop")
                .resource(object)
                .create();
    }

    private void namespace(String name, Map<String, String> labels) {
        cluster.create(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build());
    }

    private Map<String, String> annotationsOf(String namespace) {
        var annotations =
                cluster.kubernetes()
                        .namespaces()
                        .withName(namespace)
                        .get()
                        .getMetadata()
                        .getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private void create(String namespace, Pod pod) {
        pod.getMetadata().setNamespace(namespace);
        cluster.create(pod);
    }
}
