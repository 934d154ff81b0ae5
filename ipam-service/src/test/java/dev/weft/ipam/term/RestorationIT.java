package dev.weft.ipam.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bus.FeedPublisher;
import dev.weft.ipam.IpamConfig;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.ledger.Ledger;
import dev.weft.ipam.ledger.Retention;
import dev.weft.ipam.restore.OvnPorts;
import dev.weft.ipam.restore.RestorationReports;
import dev.weft.ipam.testing.Cluster;
import dev.weft.ipam.testing.Surroundings;
import dev.weft.kube.v1.Subnet;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** PostgreSQL is emptied, and the ledger's leases come back from Kubernetes. */
@QuarkusTest
@WithTestResource(
        value = Surroundings.class,
        initArgs = @ResourceArg(name = "leader", value = "other"))
class RestorationIT {

    @Inject IpamConfig config;
    @Inject Ledger ledger;
    @Inject RestorationReports reports;
    @Inject Retention retention;
    @Inject Flyway flyway;
    @Inject Views views;
    @Inject FeedPublisher broker;
    @Inject KubernetesClient kubernetes;
    @Inject OvnPorts ovn;
    @Inject MeterRegistry meters;

    @Test
    void anEmptiedLedgerIsFilledAgainFromAnnotationsAndObjectsBeforeAnythingIsLeased()
            throws Exception {
        flyway.migrate();
        views.start().get();
        create(Cluster.subnet("ovn-default", "10.16.0.0/16,fd00:10:16::/112"));
        create(Cluster.subnet("join", "100.64.0.0/16,fd00:100:64::/112"));
        var set =
                kubernetes
                        .resource(
                                new StatefulSetBuilder()
                                        .withNewMetadata()
                                        .withName("db")
                                        .withNamespace("shop")
                                        .endMetadata()
                                        .withNewSpec()
                                        .withReplicas(3)
                                        .endSpec()
                                        .build())
                        .create();
        kubernetes
                .resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName("n1")
                                .withUid("uid-n1")
                                .endMetadata()
                                .build())
                .create();
        IntStream.range(0, 20)
                .forEach(i -> kubernetes.resource(Cluster.pod("p" + i, Map.of())).create());
        var ofSet = Cluster.pod("db-2", Map.of());
        ofSet.getMetadata()
                .getOwnerReferences()
                .add(
                        new OwnerReferenceBuilder()
                                .withKind("StatefulSet")
                                .withName("db")
                                .withUid(set.getMetadata().getUid())
                                .withController(true)
                                .build());
        kubernetes.resource(ofSet).create();

        Map<String, String> before;
        try (var first = term()) {
            first.begin();
            Cluster.eventually(() -> assertThat(first.book().size()).isEqualTo(22));
            Cluster.eventually(
                    () ->
                            assertThat(kubernetes.pods().inNamespace("shop").list().getItems())
                                    .allMatch(
                                            pod ->
                                                    pod.getMetadata()
                                                            .getAnnotations()
                                                            .containsKey(
                                                                    Cluster.ANNOTATION
                                                                            + "allocated")));
            Cluster.eventually(
                    () ->
                            assertThat(
                                            kubernetes
                                                    .resources(dev.weft.kube.v1.Ip.class)
                                                    .list()
                                                    .getItems())
                                    .hasSize(22));
            // its address waits for the next pod of the name
            kubernetes.pods().inNamespace("shop").withName("db-2").delete();
            Cluster.eventually(
                    () ->
                            assertThat(
                                            first.book()
                                                    .lease("db-2.shop")
                                                    .orElseThrow()
                                                    .owner()
                                                    .isPresent())
                                    .isFalse());
            before = held(first);
        }

        flyway.clean();
        flyway.migrate();
        // somebody new is there who would take the lowest free address
        kubernetes.resource(Cluster.pod("a-newcomer", Map.of())).create();
        Cluster.eventually(() -> assertThat(views.pods().get("shop/a-newcomer")).isPresent());
        try (var second = term()) {
            second.begin();
            Cluster.eventually(() -> assertThat(second.book().size()).isEqualTo(23));
            var after = held(second);
            after.remove("a-newcomer.shop");
            assertThat(after).isEqualTo(before);
            var report = reports.latest(1).getFirst();
            assertThat(report.restored()).isEqualTo(22);
            assertThat(report.known()).isZero();
            assertThat(report.contradictions()).isEmpty();
        }
    }

    private ActiveTerm term() {
        return new ActiveTerm(
                ledger.beginTerm(),
                new ActiveTerm.Means(
                        ledger,
                        reports,
                        retention,
                        views,
                        broker,
                        kubernetes,
                        meters,
                        Clock.systemUTC(),
                        ovn,
                        config),
                () -> {});
    }

    private static Map<String, String> held(ActiveTerm term) {
        var held = new TreeMap<String, String>();
        for (Lease lease : term.book().snapshot().leases()) {
            held.put(
                    lease.port(),
                    lease.owner().uid()
                            + " "
                            + lease.addresses()
                            + " "
                            + lease.mac()
                            + " "
                            + lease.keeper());
        }
        return held;
    }

    private void create(Subnet subnet) {
        kubernetes.resource(subnet).create();
    }
}
