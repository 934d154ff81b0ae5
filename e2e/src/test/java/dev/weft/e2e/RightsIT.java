package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.IpPool;
import dev.weft.kube.v1.IpPoolSpec;
import dev.weft.kube.v1.Vip;
import dev.weft.kube.v1.VipSpec;
import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.PodOrder;
import dev.weft.lab.host.Poll;
import dev.weft.lab.kube.AuditLog;
import dev.weft.lab.kube.Manifests;
import dev.weft.lab.kube.Right;
import dev.weft.lab.kube.ServiceAccounts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The roles of {@code deploy/k8s} against what the API server noted of the services: since the
 * lab's start, and through a life of a subnet and its pods.
 */
@Tag("real-kube")
@ExtendWith(SharedLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsIT {
    private static final String SUBNET = "rights";

    private final Lab lab;
    private final Fabric fabric;
    private final AuditLog audit;
    private final Manifests manifests;

    RightsIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
        this.audit = new AuditLog(lab.layout().auditLog());
        this.manifests = new Manifests(lab.home());
    }

    @BeforeAll
    void giveEveryServiceSomethingToDo() {
        fabric.subnet(SUBNET, "10.39.0.0/24,fd00:10:39::/112");
        LabPod pod = lab.pods().run(PodOrder.named("some").in(SUBNET));
        disfigureItsIpObject(pod);
        ForeignKinds.install(lab);
        lab.kube()
                .resource(
                        new IpPool(
                                SUBNET, IpPoolSpec.of(SUBNET, List.of("10.39.0.200"), List.of())))
                .create();
        lab.kube().resource(new Vip(SUBNET, VipSpec.shared(SUBNET, SUBNET, List.of()))).create();
        Poll.until(
                "the Vip's address and the pool's figures",
                Fabric.PATIENCE,
                () ->
                        lab.kube().resources(Vip.class).withName(SUBNET).get().getStatus() != null
                                && lab.kube()
                                                .resources(IpPool.class)
                                                .withName(SUBNET)
                                                .get()
                                                .getStatus()
                                        != null);
        LabPod refused =
                lab.pods()
                        .create(
                                PodOrder.named("refused")
                                        .in(SUBNET)
                                        .annotate("ovn.kubernetes.io/ip_address", "no address"));
        Poll.until(
                "an event of the refusal",
                Fabric.PATIENCE,
                () -> !lab.kube().v1().events().inNamespace(SUBNET).list().getItems().isEmpty());
        lab.pods().delete(List.of(pod, refused));
        Poll.until("the IP to go", Fabric.PATIENCE, () -> !fabric.ipObjects().contains(port(pod)));
        lab.kube().resources(Vip.class).withName(SUBNET).delete();
        lab.kube().resources(IpPool.class).withName(SUBNET).delete();
        fabric.removeSubnet(SUBNET);
    }

    @AfterAll
    void removeForeignKinds() {
        ForeignKinds.remove(lab);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay", "ipam", "vpc", "node-daemon"})
    void everyServiceMayDoWhatItDoesAndNothingMore(String service) {
        Set<Right> granted = Right.granted(manifests.rights(), "weft-" + service);
        assertThat(granted).isNotEmpty();
        assertThat(audit.refused(ServiceAccounts.user(service))).as("refused").isEmpty();
        // a watch is noted when it begins, a status is written a moment later
        Poll.until(
                () -> service + " may, and never does: " + idle(granted, service),
                Fabric.PATIENCE,
                () -> idle(granted, service).isEmpty());
        assertThat(Right.missing(granted, audit.done(ServiceAccounts.user(service))))
                .as("done by another right than its own role's")
                .isEmpty();
    }

    @Test
    void noServiceReadsSecretsOrRunsPods() {
        assertThat(manifests.rights())
                .flatExtracting(
                        object -> Right.granted(manifests.rights(), object.getMetadata().getName()))
                .noneMatch(right -> right.resource().equals("secrets"))
                .noneMatch(right -> right.resource().contains("*") || right.verb().equals("*"))
                .noneMatch(
                        right -> right.resource().equals("pods") && right.verb().equals("create"));
    }

    private Set<Right> idle(Set<Right> granted, String service) {
        return Right.idle(granted, audit.done(ServiceAccounts.user(service)));
    }

    /** What ipam keeps is put right by a patch. */
    private void disfigureItsIpObject(LabPod pod) {
        lab.kube()
                .resources(Ip.class)
                .withName(port(pod))
                .edit(
                        ip -> {
                            ip.getMetadata().getLabels().put("ovn.kubernetes.io/subnet", "other");
                            return ip;
                        });
        Poll.until(
                "the IP's label to be right again",
                Fabric.PATIENCE,
                () ->
                        SUBNET.equals(
                                lab.kube()
                                        .resources(Ip.class)
                                        .withName(port(pod))
                                        .get()
                                        .getMetadata()
                                        .getLabels()
                                        .get("ovn.kubernetes.io/subnet")));
    }

    private static String port(LabPod pod) {
        return pod.name() + "." + pod.namespace();
    }
}
