package dev.weft.ipam;

import static dev.weft.ipam.testing.Cluster.ANNOTATION;
import static dev.weft.ipam.testing.Cluster.eventually;
import static dev.weft.ipam.testing.Cluster.pod;
import static dev.weft.ipam.testing.Cluster.subnet;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.weft.ipam.testing.Cluster;
import dev.weft.ipam.testing.Surroundings;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.IpSpec;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses that outlast the pod: of StatefulSets, of virtual machines, reserved by hand. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class KeptAddressIT {

    @Inject Cluster cluster;

    @BeforeEach
    void isActive() {
        cluster.awaitActive();
    }

    @Test
    void aStatefulSetsPodComesBackToItsAddressAndMac() {
        var set = set("db", 0, 2);
        cluster.create(ofSet(set, 1, Map.of()));
        var address = cluster.awaitAddress("db-1");
        var mac = cluster.annotations("db-1").get(ANNOTATION + "mac_address");
        cluster.deletePod("db-1");
        eventually(
                () ->
                        given().get("/v1/addresses/ovn-cluster/" + v4(address))
                                .then()
                                .statusCode(200)
                                .body("ownerUid", equalTo(""))
                                .body("keptBy", equalTo("StatefulSet db")));
        cluster.create(ofSet(set, 1, Map.of()));
        assertThat(cluster.awaitAddress("db-1")).isEqualTo(address);
        assertThat(cluster.annotations("db-1").get(ANNOTATION + "mac_address")).isEqualTo(mac);
        eventually(
                () ->
                        assertThat(cluster.ip("db-1.shop").get().getSpec().podType())
                                .isEqualTo("StatefulSet"));
    }

    @Test
    void scalingInFreesTheAddressesBeyondTheLastOrdinalWhereverTheFirstIs() {
        var set = set("ranked", 5, 2);
        cluster.create(ofSet(set, 6, Map.of()));
        cluster.awaitAddress("ranked-6");
        cluster.deletePod("ranked-6");
        eventually(() -> given().get("/v1/leases/ranked-6.shop").then().statusCode(200));
        cluster.kubernetes()
                .apps()
                .statefulSets()
                .inNamespace("shop")
                .withName("ranked")
                .edit(s -> new StatefulSetBuilder(s).editSpec().withReplicas(1).endSpec().build());
        eventually(() -> given().get("/v1/leases/ranked-6.shop").then().statusCode(404));
        eventually(() -> assertThat(cluster.ip("ranked-6.shop").get()).isNull());
    }

    @Test
    void deletingTheStatefulSetFreesWhatItKept() {
        var set = set("shortlived", 0, 1);
        cluster.create(ofSet(set, 0, Map.of()));
        cluster.awaitAddress("shortlived-0");
        cluster.deletePod("shortlived-0");
        eventually(() -> given().get("/v1/leases/shortlived-0.shop").then().statusCode(200));
        cluster.kubernetes()
                .apps()
                .statefulSets()
                .inNamespace("shop")
                .withName("shortlived")
                .delete();
        eventually(() -> given().get("/v1/leases/shortlived-0.shop").then().statusCode(404));
    }

    @Test
    void aStatefulSetMadeAnewGetsNewAddresses() {
        var first = set("again", 0, 1);
        cluster.create(ofSet(first, 0, Map.of()));
        var address = cluster.awaitAddress("again-0");
        cluster.kubernetes().apps().statefulSets().inNamespace("shop").withName("again").delete();
        cluster.deletePod("again-0");
        var second = set("again", 0, 1);
        cluster.create(ofSet(second, 0, Map.of()));
        assertThat(cluster.awaitAddress("again-0")).isNotEqualTo(address);
    }

    @Test
    void aStatefulSetsPodThatMayBeInAnotherSubnetNowGetsANewAddress() {
        cluster.create(subnet("elsewhere", "10.51.0.0/24"));
        cluster.awaitSubnet("elsewhere");
        var set = set("mover", 0, 1);
        cluster.create(ofSet(set, 0, Map.of()));
        cluster.awaitAddress("mover-0");
        cluster.deletePod("mover-0");
        cluster.create(ofSet(set, 0, Map.of(ANNOTATION + "logical_switch", "elsewhere")));
        assertThat(cluster.awaitAddress("mover-0")).startsWith("10.51.0.");
    }

    @Test
    void aStatefulSetsPodTakesTheItemOfItsOrdinal() {
        var set = set("listed", 0, 3);
        var pool = Map.of(ANNOTATION + "ip_pool", "10.16.210.1,10.16.210.2");
        cluster.create(ofSet(set, 1, pool));
        assertThat(cluster.awaitAddress("listed-1")).startsWith("10.16.210.2");
        cluster.create(ofSet(set, 2, pool));
        eventually(() -> assertThat(cluster.events("listed-2")).hasSize(1));
        assertThat(cluster.events("listed-2").getFirst().getMessage()).contains("ordinal 2");
    }

    @Test
    void aVirtualMachineKeepsItsAddressThroughItsPodsAndWhileItIsStopped() {
        var machine = machine("vm1");
        machineInstance("vm1", null);
        cluster.create(launcher("virt-launcher-vm1-a", "vm1", "n1", false));
        var address = cluster.awaitAddress("virt-launcher-vm1-a");
        assertThat(cluster.annotations("virt-launcher-vm1-a"))
                .containsEntry(ANNOTATION + "virtualmachine", "vm1");
        assertThat(cluster.ip("vm1.shop").get()).isNotNull();
        cluster.deletePod("virt-launcher-vm1-a");
        instances().withName("vm1").delete();
        eventually(
                () ->
                        given().get("/v1/addresses/ovn-cluster/" + v4(address))
                                .then()
                                .statusCode(200)
                                .body("ownerUid", equalTo("")));
        cluster.create(launcher("virt-launcher-vm1-b", "vm1", "n2", false));
        assertThat(cluster.awaitAddress("virt-launcher-vm1-b")).isEqualTo(address);
        // stopped and deleted: the peer leaks here
        cluster.deletePod("virt-launcher-vm1-b");
        Cluster.generic(cluster.kubernetes(), "kubevirt.io", "VirtualMachine")
                .inNamespace("shop")
                .resource(machine)
                .delete();
        eventually(() -> given().get("/v1/leases/vm1.shop").then().statusCode(404));
        eventually(() -> assertThat(cluster.ip("vm1.shop").get()).isNull());
    }

    @Test
    void aMigratingMachinesTwoPodsHaveOneLeaseThatIsHandedOverWhenTheTargetRuns() {
        machine("vm2");
        machineInstance("vm2", "n1");
        cluster.create(launcher("virt-launcher-vm2-a", "vm2", "n1", false));
        var address = cluster.awaitAddress("virt-launcher-vm2-a");
        cluster.create(launcher("virt-launcher-vm2-b", "vm2", "n2", true));
        assertThat(cluster.awaitAddress("virt-launcher-vm2-b")).isEqualTo(address);
        var source = cluster.pods().withName("virt-launcher-vm2-a").get().getMetadata().getUid();
        given().get("/v1/addresses/ovn-cluster/" + v4(address))
                .then()
                .body("ownerUid", equalTo(source));
        instances().withName("vm2").edit(o -> running(o, "n2"));
        var target = cluster.pods().withName("virt-launcher-vm2-b").get().getMetadata().getUid();
        eventually(
                () ->
                        given().get("/v1/addresses/ovn-cluster/" + v4(address))
                                .then()
                                .body("ownerUid", equalTo(target))
                                .body("nodeName", equalTo("n2")));
        cluster.deletePod("virt-launcher-vm2-a");
        eventually(
                () ->
                        given().get("/v1/leases/vm2.shop")
                                .then()
                                .statusCode(200)
                                .body("addresses", equalTo(address)));
    }

    @Test
    void anIpObjectMadeByHandReservesAnAddressForThePodOfThatName() {
        cluster.create(reservation("awaited", "10.16.220.5"));
        eventually(
                () ->
                        given().get("/v1/addresses/ovn-cluster/10.16.220.5")
                                .then()
                                .statusCode(200)
                                .body("keptBy", equalTo("IP awaited.shop")));
        cluster.create(pod("thief", Map.of(ANNOTATION + "ip_address", "10.16.220.5")));
        eventually(() -> assertThat(cluster.events("thief")).hasSize(1));
        eventually(
                () -> {
                    var object = cluster.ip("awaited.shop").get();
                    assertThat(object.getSpec().v6IpAddress()).startsWith("fd00:10:16::");
                    assertThat(object.getSpec().macAddress()).isNotBlank();
                    assertThat(object.getMetadata().getLabels())
                            .containsEntry(ANNOTATION + "ip_reserved", "true");
                });
        cluster.create(pod("awaited", Map.of()));
        assertThat(cluster.awaitAddress("awaited")).startsWith("10.16.220.5,");
        cluster.deletePod("awaited");
        eventually(
                () ->
                        given().get("/v1/addresses/ovn-cluster/10.16.220.5")
                                .then()
                                .body("ownerUid", equalTo("")));
        cluster.ip("awaited.shop").delete();
        eventually(() -> assertThat(cluster.awaitAddress("thief")).startsWith("10.16.220.5,"));
    }

    @Test
    void deletingTheIpObjectOfALivePodTakesNothingFromIt() {
        cluster.create(pod("alive", Map.of()));
        var address = cluster.awaitAddress("alive");
        eventually(() -> assertThat(cluster.ip("alive.shop").get()).isNotNull());
        cluster.ip("alive.shop").delete();
        eventually(() -> assertThat(cluster.ip("alive.shop").get()).isNotNull());
        given().get("/v1/leases/alive.shop").then().body("addresses", equalTo(address));
        given().get("/v1/addresses/ovn-cluster/" + v4(address) + "/history")
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].port", startsWith("alive"));
    }

    private static String v4(String addresses) {
        return addresses.split(",")[0];
    }

    private static Ip reservation(String pod, String v4) {
        return new Ip(
                pod + ".shop",
                IpSpec.held(pod, "shop", "", "ovn-default", null, "", v4, null, null));
    }

    private StatefulSet set(String name, int start, int replicas) {
        var set =
                new StatefulSetBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewOrdinals(start)
                        .endSpec()
                        .build();
        return cluster.kubernetes().resource(set).create();
    }

    private static Pod ofSet(StatefulSet set, int ordinal, Map<String, String> annotations) {
        var name = set.getMetadata().getName();
        return owned(
                pod(name + "-" + ordinal, annotations),
                "StatefulSet",
                name,
                set.getMetadata().getUid());
    }

    private static Pod launcher(String name, String machine, String node, boolean target) {
        var pod =
                owned(
                        pod(
                                name,
                                target ? Map.of("kubevirt.io/migrationJobName", "job") : Map.of()),
                        "VirtualMachineInstance",
                        machine,
                        "uid-" + machine);
        pod.getSpec().setNodeName(node);
        return pod;
    }

    private static Pod owned(Pod pod, String kind, String name, String uid) {
        return new PodBuilder(pod)
                .editMetadata()
                .addNewOwnerReference()
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .build();
    }

    private GenericKubernetesResource machine(String name) {
        return Cluster.generic(cluster.kubernetes(), "kubevirt.io", "VirtualMachine")
                .inNamespace("shop")
                .resource(object("VirtualMachine", name))
                .create();
    }

    private void machineInstance(String name, String node) {
        instances().resource(running(object("VirtualMachineInstance", name), node)).create();
    }

    private io.fabric8.kubernetes.client.dsl.NonNamespaceOperation<
                    GenericKubernetesResource,
                    ?,
                    io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource>>
            instances() {
        return Cluster.generic(cluster.kubernetes(), "kubevirt.io", "VirtualMachineInstance")
                .inNamespace("shop");
    }

    private static GenericKubernetesResource running(
            GenericKubernetesResource object, String node) {
        object.setAdditionalProperty("status", node == null ? Map.of() : Map.of("nodeName", node));
        return object;
    }

    private static GenericKubernetesResource object(String kind, String name) {
        var object = new GenericKubernetesResource();
        object.setApiVersion("kubevirt.io/v1");
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("shop").build());
        return object;
    }
}
