package dev.weft.vpc.topology;

import static dev.weft.vpc.Worlds.podLease;
import static dev.weft.vpc.Worlds.usual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.Owner;
import dev.weft.ovn.nb.LogicalRouterPolicy;
import dev.weft.ovn.nb.LogicalSwitchPort;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    private static final Owner WEB = new Owner("vpc", "Pod", "shop/web-0");
    private static final String MAC = "0a:00:00:00:00:05";
    private static final String BOTH = "10.16.0.5,fd00:10:16::5";

    @Test
    void letsAPodSendFromItsOwnAddressesOnly() {
        var world = usual().pod("shop", "web-0", "ovn-default", BOTH, MAC).build();
        var port = Rows.row(Topology.planFor(WEB, world), "Logical_Switch_Port web-0.shop");

        var own = Set.of("0a:00:00:00:00:05 10.16.0.5 fd00:10:16::5");
        assertThat(Rows.value(port, LogicalSwitchPort.ADDRESSES)).isEqualTo(own);
        assertThat(Rows.value(port, LogicalSwitchPort.PORT_SECURITY)).isEqualTo(own);
        assertThat(Rows.value(port, LogicalSwitchPort.EXTERNAL_IDS))
                .isEqualTo(Map.of("vendor", "kube-ovn", "ls", "ovn-default", "pod", "shop/web-0"));
        assertThat(Rows.parents(port)).containsExactly("ports of Logical_Switch ovn-default");
    }

    @Test
    void turnsPortSecurityOffForOnePodOrForAll() {
        var one = usual().lease(podLease("shop", "web-0", "ovn-default", BOTH, MAC, false));
        var all = usual().pod("shop", "web-0", "ovn-default", BOTH, MAC).withoutPortSecurity();

        for (var world : new World[] {one.build(), all.build()}) {
            assertThat(
                            Rows.value(
                                    Rows.row(
                                            Topology.planFor(WEB, world),
                                            "Logical_Switch_Port web-0.shop"),
                                    LogicalSwitchPort.PORT_SECURITY))
                    .isEqualTo(Set.of());
        }
    }

    @Test
    void removesThePortWhenTheLeaseIsGone() {
        assertThat(Rows.of(Topology.planFor(WEB, usual().build()))).isEmpty();
    }

    @Test
    void letsANodeSendFromAnyAddressButFromItsMacOnly() {
        var world = usual().node("node-1", "100.64.0.2,fd00:100:64::2", MAC, "10.99.0.11").build();
        var port =
                Rows.row(
                        Topology.planFor(Owners.node("node-1"), world),
                        "Logical_Switch_Port node-node-1");

        assertThat(Rows.value(port, LogicalSwitchPort.ADDRESSES))
                .isEqualTo(Set.of(MAC + " 100.64.0.2 fd00:100:64::2"));
        assertThat(Rows.value(port, LogicalSwitchPort.PORT_SECURITY)).isEqualTo(Set.of(MAC));
        assertThat(Rows.parents(port)).containsExactly("ports of Logical_Switch join");
    }

    @Test
    void sendsWhatIsMeantForANodesOwnAddressesToItsJoinAddressOfThatFamily() {
        var world =
                usual().node(
                                "node-1",
                                "100.64.0.2",
                                MAC,
                                "10.99.0.11",
                                "fd00:99::11",
                                "node-1.example")
                        .build();
        var plan = Topology.planFor(Owners.node("node-1"), world);

        assertThat(Rows.names(plan))
                .containsExactly(
                        "Logical_Switch_Port node-node-1", "Logical_Router_Policy to-10.99.0.11");
        var policy = Rows.row(plan, "Logical_Router_Policy to-10.99.0.11");
        assertThat(Rows.value(policy, LogicalRouterPolicy.MATCH))
                .isEqualTo("ip4.dst == 10.99.0.11");
        assertThat(Rows.value(policy, LogicalRouterPolicy.NEXTHOPS))
                .isEqualTo(Set.of("100.64.0.2"));
        assertThat(Rows.value(policy, LogicalRouterPolicy.PRIORITY)).isEqualTo(30_000L);
    }
}
