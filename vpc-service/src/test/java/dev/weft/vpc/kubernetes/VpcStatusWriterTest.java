package dev.weft.vpc.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.v1.VpcSpec;
import dev.weft.kube.v1.VpcStatus;
import dev.weft.ovn.Applied;
import dev.weft.ovn.ChangeSet;
import dev.weft.ovn.Obstacle;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.nb.LogicalRouter;
import dev.weft.vpc.topology.Owners;
import dev.weft.vpc.topology.VpcView;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VpcStatusWriterTest {

    private final VpcStatusWriter early = at("2026-01-01T00:00:00Z");
    private final VpcStatusWriter late = at("2026-01-02T00:00:00Z");

    @Test
    void saysWhichRouterServesTheVpc() {
        var status =
                early.status(
                        vpc("ovn-cluster", VpcStatus.EMPTY), List.of("join"), done(), List.of());

        assertThat(status.isDefault()).isTrue();
        assertThat(status.router()).isEqualTo("ovn-cluster");
        assertThat(status.defaultLogicalSwitch()).isEqualTo("ovn-default");
        assertThat(status.subnets()).containsExactly("join");
        assertThat(status.standby()).isTrue();
        assertThat(status.conditions().getFirst().holds()).isTrue();
    }

    @Test
    void saysNothingNewWhenNothingIsNew() {
        var first =
                early.status(vpc("red", VpcStatus.EMPTY), List.of(), done(), List.of("a remark"));

        assertThat(late.status(vpc("red", first), List.of(), done(), List.of("a remark")))
                .isEqualTo(first);
    }

    @Test
    void saysWhatKeepsTheRouterFromBeingThere() {
        var status = early.status(vpc("red", VpcStatus.EMPTY), List.of(), blocked(), List.of());

        assertThat(status.standby()).isFalse();
        assertThat(status.conditions().getFirst().holds()).isFalse();
        assertThat(status.conditions().getFirst().message())
                .contains("Logical_Router red", "was not made by Weft");
    }

    private static VpcStatusWriter at(String time) {
        // builds a client but never talks to it
        return new VpcStatusWriter(
                new KubernetesClientBuilder().build(),
                Clock.fixed(Instant.parse(time), ZoneOffset.UTC));
    }

    private static VpcView vpc(String name, VpcStatus status) {
        return new VpcView(name, 1, false, VpcSpec.EMPTY, status);
    }

    private static Applied done() {
        return new Applied.Unchanged(changes(List.of()));
    }

    private static Applied blocked() {
        return new Applied.Held(
                changes(
                        List.of(
                                new Obstacle.ForeignRow(
                                        RowRef.of(LogicalRouter.TABLE, "red"),
                                        UUID.randomUUID()))));
    }

    private static ChangeSet changes(List<Obstacle> obstacles) {
        return new ChangeSet(Owners.vpc("red"), List.of(), List.of(), obstacles, Map.of());
    }
}
