package dev.weft.vpc.topology;

import static dev.weft.vpc.Worlds.empty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.v1.VpcSpec;
import dev.weft.kube.v1.VpcStatus;
import dev.weft.ovn.nb.LogicalRouter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VpcPlanTest {

    @Test
    void makesARouterOfTheVpcsName() {
        var plan = plan("red", empty().vpc("red").build());

        assertThat(Rows.names(plan)).containsExactly("Logical_Router red");
        assertThat(Rows.value(Rows.row(plan, "Logical_Router red"), LogicalRouter.OPTIONS))
                .isEqualTo(
                        Map.of(
                                "mac_binding_age_threshold", "300",
                                "dynamic_neigh_routers", "true",
                                "always_learn_from_arp_request", "false"));
    }

    @Test
    void keepsTheDefaultRouterEvenWithoutAnObject() {
        assertThat(Rows.names(plan("ovn-cluster", empty().build())))
                .containsExactly("Logical_Router ovn-cluster");
    }

    @Test
    void removesTheRouterOfAVpcThatIsGone() {
        assertThat(Rows.of(plan("red", empty().build()))).isEmpty();
    }

    @Test
    void saysWhatOfTheSpecIsNotServed() {
        var spec =
                new VpcSpec(
                        List.of(),
                        null,
                        List.of(
                                new VpcSpec.StaticRoute(
                                        null, "0.0.0.0/0", "10.0.0.1", null, null, null)),
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        true,
                        null,
                        Map.of());
        var world = empty().build().with(new VpcView("red", 1, false, spec, VpcStatus.EMPTY));

        assertThat(plan("red", world))
                .isInstanceOfSatisfying(
                        Plan.Serve.class,
                        serve ->
                                assertThat(serve.remarks())
                                        .containsExactly(
                                                "spec.staticRoutes is not served yet",
                                                "spec.enableBfd is not served yet"));
    }

    private static Plan plan(String vpc, World world) {
        return Topology.planFor(Owners.vpc(vpc), world);
    }
}
