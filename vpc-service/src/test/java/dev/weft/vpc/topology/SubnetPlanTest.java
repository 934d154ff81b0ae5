package dev.weft.vpc.topology;

import static dev.weft.vpc.Worlds.empty;
import static dev.weft.vpc.Worlds.usual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.v1.SubnetSpec;
import dev.weft.ovn.Desired;
import dev.weft.ovn.nb.LogicalRouterPort;
import dev.weft.ovn.nb.LogicalRouterStaticRoute;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubnetPlanTest {

    @Test
    void makesASwitchAndConnectsItToTheRouter() {
        var plan = plan("ovn-default", usual().build());

        assertThat(Rows.names(plan))
                .containsExactlyInAnyOrder(
                        "Logical_Switch ovn-default",
                        "Logical_Router_Port ovn-cluster-ovn-default",
                        "Logical_Switch_Port ovn-default-ovn-cluster");
        assertThat(
                        Rows.value(
                                Rows.row(plan, "Logical_Switch ovn-default"),
                                LogicalSwitch.EXTERNAL_IDS))
                .isEqualTo(Map.of("vendor", "kube-ovn"));
    }

    @Test
    void putsTheGatewaysOfBothFamiliesOnTheRouterPort() {
        var port =
                Rows.row(
                        plan("ovn-default", usual().build()),
                        "Logical_Router_Port ovn-cluster-ovn-default");

        assertThat(Rows.value(port, LogicalRouterPort.NETWORKS))
                .isEqualTo(Set.of("10.16.0.1/16", "fd00:10:16::1/112"));
        assertThat(Rows.parents(port)).containsExactly("ports of Logical_Router ovn-cluster");
    }

    @Test
    void derivesTheMacOfTheRouterPortFromItsName() {
        var once = plan("ovn-default", usual().build());
        var again = plan("ovn-default", usual().build());

        var name = "Logical_Router_Port ovn-cluster-ovn-default";
        assertThat(Rows.value(Rows.row(once, name), LogicalRouterPort.MAC))
                .isEqualTo(Rows.value(Rows.row(again, name), LogicalRouterPort.MAC))
                .asString()
                .startsWith("0a:");
    }

    @Test
    void linksTheSwitchPortToTheRouterPort() {
        var port =
                Rows.row(
                        plan("ovn-default", usual().build()),
                        "Logical_Switch_Port ovn-default-ovn-cluster");

        assertThat(Rows.value(port, LogicalSwitchPort.TYPE)).isEqualTo("router");
        assertThat(Rows.value(port, LogicalSwitchPort.ADDRESSES)).isEqualTo(Set.of("router"));
        assertThat(Rows.value(port, LogicalSwitchPort.OPTIONS))
                .isEqualTo(Map.of("router-port", "ovn-cluster-ovn-default"));
    }

    @Test
    void bringsTheDefaultRoutesWithTheJoinSubnet() {
        var plan = plan("join", usual().build());

        assertThat(
                        Rows.value(
                                Rows.row(plan, "Logical_Router_Static_Route 0.0.0.0/0"),
                                LogicalRouterStaticRoute.NEXTHOP))
                .isEqualTo("100.64.0.1");
        assertThat(
                        Rows.value(
                                Rows.row(plan, "Logical_Router_Static_Route ::/0"),
                                LogicalRouterStaticRoute.NEXTHOP))
                .isEqualTo("fd00:100:64::1");
    }

    @Test
    void leavesTheSwitchOfASubnetAloneThatTurnedInvalid() {
        var plan = plan("blue", empty().subnet("blue", "10.17.0.0/99").build());

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Plan.Keep.class,
                        keep -> assertThat(keep.reason()).startsWith("spec.cidrBlock"));
    }

    @Test
    void makesNoSwitchForASubnetThatOverlapsAnOlderOne() {
        var world = usual().subnet("blue", "10.16.8.0/24").build();

        assertThat(plan("blue", world))
                .isInstanceOfSatisfying(
                        Plan.Keep.class,
                        keep -> assertThat(keep.reason()).contains("overlaps", "ovn-default"));
        assertThat(plan("ovn-default", world)).isInstanceOf(Plan.Serve.class);
    }

    @Test
    void removesTheRowsOfASubnetThatIsGone() {
        assertThat(plan("blue", empty().build()))
                .isEqualTo(Plan.serve(Desired.nothing(Owners.subnet("blue"))));
    }

    @Test
    void makesNoSwitchWhereOnlyAddressesAreManaged() {
        var world =
                empty().subnet(
                                "macvlan",
                                SubnetSpec.builder()
                                        .provider("net1.default")
                                        .cidrBlock("10.17.0.0/16")
                                        .build())
                        .build();

        assertThat(Rows.of(plan("macvlan", world))).isEmpty();
    }

    @Test
    void connectsTheSubnetOfAnotherVpcToThatVpcsRouter() {
        var world =
                empty().vpc("red")
                        .subnet(
                                "blue",
                                SubnetSpec.builder().vpc("red").cidrBlock("10.16.0.0/16").build())
                        .build();

        assertThat(Rows.parents(Rows.row(plan("blue", world), "Logical_Router_Port red-blue")))
                .containsExactly("ports of Logical_Router red");
    }

    private static Plan plan(String subnet, World world) {
        return Topology.planFor(Owners.subnet(subnet), world);
    }
}
