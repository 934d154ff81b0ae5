package dev.weft.ovn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovn.nb.Acl;
import dev.weft.ovn.nb.DhcpOptions;
import dev.weft.ovn.nb.LoadBalancer;
import dev.weft.ovn.nb.LogicalRouter;
import dev.weft.ovn.nb.LogicalRouterPort;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.NbGlobal;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovn.nb.PortGroup;
import dev.weft.ovn.sb.Encap;
import dev.weft.ovn.testing.MemoryDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Owner SUBNET = Owner.parse("vpc/Subnet/ovn-default");
    private static final Owner POD = Owner.parse("vpc/Pod/shop/web-0");
    private static final Owner POLICY = Owner.parse("policy/NetworkPolicy/shop/web");
    private static final RowRef SWITCH = RowRef.of(LogicalSwitch.TABLE, "ovn-default");

    private final MemoryDatabase db = new MemoryDatabase(Northbound.MODEL);
    private final Planner planner = new Planner(Northbound.MODEL);

    private static Desired theSwitch() {
        return Desired.of(
                SUBNET,
                RowSpec.of(LogicalSwitch.TABLE, "ovn-default")
                        .withEntries(LogicalSwitch.EXTERNAL_IDS, Map.of("vendor", "weft")));
    }

    private static RowSpec port(String name) {
        return RowSpec.of(LogicalSwitchPort.TABLE, name)
                .memberOf(LogicalSwitch.PORTS, SWITCH)
                .with(LogicalSwitchPort.ADDRESSES, Set.of("0a:00:00:00:00:01 10.16.0.2"));
    }

    private ChangeSet apply(Desired desired) {
        ChangeSet changes = planner.plan(desired, db);
        assertThat(changes.obstacles()).isEmpty();
        db.transact(TransactionWriter.write(List.of(changes), Optional.of("weft_vpc")));
        return changes;
    }

    @Test
    void makesASwitchAndItsPortsInOneTransaction() {
        apply(
                Desired.of(
                        SUBNET,
                        RowSpec.of(LogicalSwitch.TABLE, "ovn-default"),
                        port("one"),
                        port("two"),
                        RowSpec.of(LogicalRouter.TABLE, "ovn-cluster"),
                        RowSpec.of(LogicalRouterPort.TABLE, "ovn-cluster-ovn-default")
                                .memberOf(
                                        LogicalRouter.PORTS,
                                        RowRef.of(LogicalRouter.TABLE, "ovn-cluster"))
                                .with(LogicalRouterPort.NETWORKS, Set.of("10.16.0.1/16"))
                                .initially(LogicalRouterPort.MAC, "0a:00:00:00:00:01")));

        assertThat(db.rows("Logical_Switch").iterator().next().get(LogicalSwitch.PORTS)).hasSize(2);
        assertThat(db.rows("Logical_Router").iterator().next().get(LogicalRouter.PORTS)).hasSize(1);
    }

    @Test
    void addsAPortToAnotherOwnersSwitchWithOneSmallMutation() {
        apply(theSwitch());

        ChangeSet changes = planner.plan(Desired.of(POD, port("web-0.shop")), db);

        String json = TransactionWriter.write(List.of(changes), Optional.of("weft_vpc")).toJson();
        assertThat(json).startsWith("[{\"op\":\"assert\",\"lock\":\"weft_vpc\"},{\"op\":\"wait\"");
        assertThat(json)
                .containsOnlyOnce("\"op\":\"insert\"")
                .containsOnlyOnce("\"op\":\"mutate\"");
        assertThat(json).doesNotContain("\"op\":\"update\"");
    }

    @Test
    void gathersThePortsOfManyOwnersIntoOneMutation() {
        apply(theSwitch());
        var plans =
                List.of(
                        planner.plan(Desired.of(POD, port("web-0.shop")), db),
                        planner.plan(
                                Desired.of(Owner.parse("vpc/Pod/shop/web-1"), port("web-1.shop")),
                                db));

        var transaction = TransactionWriter.write(plans, Optional.empty());

        assertThat(transaction.toJson())
                .containsOnlyOnce("\"op\":\"mutate\"")
                .containsOnlyOnce("\"op\":\"wait\"");
        db.transact(transaction);
        assertThat(db.rows("Logical_Switch").iterator().next().get(LogicalSwitch.PORTS)).hasSize(2);
    }

    @Test
    void isBlockedByAParentThatIsNotThere() {
        ChangeSet changes = planner.plan(Desired.of(POD, port("web-0.shop")), db);

        assertThat(changes.isFeasible()).isFalse();
        assertThat(changes.blockedBy())
                .singleElement()
                .satisfies(
                        obstacle ->
                                assertThat(obstacle.message())
                                        .isEqualTo(
                                                "Logical_Switch ovn-default does not exist; Logical_Switch_Port web-0.shop needs it"));
    }

    @Test
    void doesNotTouchAForeignRowOfTheSameNameButSaysWhatToDo() {
        db.put(LogicalSwitch.TABLE, Map.of(LogicalSwitch.NAME, "ovn-default"));

        ChangeSet changes = planner.plan(theSwitch(), db);

        assertThat(changes.conflicts())
                .singleElement()
                .satisfies(
                        obstacle ->
                                assertThat(obstacle.message())
                                        .contains("Logical_Switch ovn-default")
                                        .contains("not made by Weft")
                                        .contains("vendor=kube-ovn"));
    }

    @Test
    void adoptsThePeersRowByStampingIt() {
        var uuid =
                db.put(
                        LogicalSwitch.TABLE,
                        Map.of(
                                LogicalSwitch.NAME,
                                "ovn-default",
                                LogicalSwitch.EXTERNAL_IDS,
                                Map.of("vendor", "kube-ovn")));

        apply(
                Desired.of(
                        SUBNET,
                        RowSpec.of(LogicalSwitch.TABLE, "ovn-default")
                                .withEntries(
                                        LogicalSwitch.EXTERNAL_IDS, Map.of("vendor", "kube-ovn"))));

        assertThat(db.rows("Logical_Switch"))
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.uuid()).isEqualTo(uuid);
                            assertThat(row.get(LogicalSwitch.EXTERNAL_IDS))
                                    .isEqualTo(
                                            Map.of(
                                                    "vendor",
                                                    "kube-ovn",
                                                    "weft-owner",
                                                    SUBNET.toString()));
                        });
    }

    @Test
    void adoptsAnybodysRowWhenToldTo() {
        db.put(LogicalSwitch.TABLE, Map.of(LogicalSwitch.NAME, "ovn-default"));

        apply(Desired.of(SUBNET, RowSpec.of(LogicalSwitch.TABLE, "ovn-default").adopt()));

        assertThat(db.rows("Logical_Switch")).hasSize(1);
    }

    @Test
    void namesBothOwnersThatWantOneRow() {
        apply(theSwitch());

        ChangeSet changes =
                planner.plan(
                        Desired.of(
                                Owner.parse("vpc/Subnet/other"),
                                RowSpec.of(LogicalSwitch.TABLE, "ovn-default")),
                        db);

        assertThat(changes.conflicts())
                .singleElement()
                .satisfies(
                        obstacle ->
                                assertThat(obstacle.message())
                                        .contains("vpc/Subnet/other")
                                        .contains("vpc/Subnet/ovn-default"));
    }

    @Test
    void doesNotDeleteASwitchThatHoldsAnothersPort() {
        apply(theSwitch());
        apply(Desired.of(POD, port("web-0.shop")));

        ChangeSet changes = planner.plan(Desired.nothing(SUBNET), db);

        assertThat(changes.blockedBy())
                .singleElement()
                .satisfies(
                        obstacle ->
                                assertThat(obstacle.message())
                                        .contains("Logical_Switch_Port web-0.shop")
                                        .contains("vpc/Pod/shop/web-0"));
        apply(Desired.nothing(POD));
        apply(Desired.nothing(SUBNET));
        assertThat(db.rows("Logical_Switch")).isEmpty();
    }

    @Test
    void guardsTheDeletionOfASwitchAgainstPortsThatComeMeanwhile() {
        apply(theSwitch());
        ChangeSet deletion = planner.plan(Desired.nothing(SUBNET), db);
        apply(Desired.of(POD, port("web-0.shop")));

        var transaction = TransactionWriter.write(List.of(deletion), Optional.empty());

        assertThatThrownBy(() -> db.transact(transaction))
                .hasMessageContaining("guard does not hold");
    }

    @Test
    void guardsTheNameOfASwitchThatAnotherMakesMeanwhile() {
        ChangeSet insertion = planner.plan(theSwitch(), db);
        db.put(LogicalSwitch.TABLE, Map.of(LogicalSwitch.NAME, "ovn-default"));

        var transaction = TransactionWriter.write(List.of(insertion), Optional.empty());

        assertThatThrownBy(() -> db.transact(transaction))
                .hasMessageContaining("guard does not hold");
    }

    @Test
    void changesAnAclInPlace() {
        var acl =
                RowSpec.of(Acl.TABLE, "allow-web")
                        .with(Acl.PRIORITY, 2001L)
                        .with(Acl.DIRECTION, "to-lport")
                        .with(Acl.MATCH, "tcp.dst == 80")
                        .with(Acl.ACTION, "allow-related");
        var group = RowSpec.of(PortGroup.TABLE, "web.shop").withRefs(PortGroup.ACLS, acl.ref());
        apply(Desired.of(POLICY, group, acl));
        var before = db.rows("ACL").iterator().next().uuid();

        ChangeSet changes = apply(Desired.of(POLICY, group, acl.with(Acl.MATCH, "tcp.dst == 443")));

        assertThat(changes.toString())
                .isEqualTo(
                        """
                        policy/NetworkPolicy/shop/web: 1 row
                        ~ ACL allow-web of policy/NetworkPolicy/shop/web
                            match: tcp.dst == 80 -> tcp.dst == 443""");
        assertThat(db.rows("ACL"))
                .singleElement()
                .satisfies(row -> assertThat(row.uuid()).isEqualTo(before));
    }

    @Test
    void refersToRowsOfOtherOwners() {
        apply(theSwitch());
        apply(Desired.of(POD, port("web-0.shop")));
        var options = RowSpec.of(DhcpOptions.TABLE, "v4").with(DhcpOptions.CIDR, "10.16.0.0/16");
        apply(Desired.of(Owner.parse("vpc/Dhcp/ovn-default"), options));

        apply(
                Desired.of(
                        POLICY,
                        RowSpec.of(PortGroup.TABLE, "web.shop")
                                .withRefs(
                                        PortGroup.PORTS,
                                        RowRef.of(LogicalSwitchPort.TABLE, "web-0.shop"))));
        apply(
                Desired.of(
                        POD,
                        port("web-0.shop")
                                .withRef(
                                        LogicalSwitchPort.DHCPV4_OPTIONS,
                                        RowRef.of(
                                                DhcpOptions.TABLE,
                                                "v4",
                                                Owner.parse("vpc/Dhcp/ovn-default")))));

        assertThat(db.rows("Port_Group").iterator().next().get(PortGroup.PORTS))
                .containsExactly(db.rows("Logical_Switch_Port").iterator().next().uuid());
        assertThat(
                        db.rows("Logical_Switch_Port")
                                .iterator()
                                .next()
                                .get(LogicalSwitchPort.DHCPV4_OPTIONS))
                .contains(db.rows("DHCP_Options").iterator().next().uuid());
    }

    @Test
    void attachesALoadBalancerToSwitchesOfOthersAndDetachesIt() {
        apply(theSwitch());
        var lb =
                RowSpec.of(LoadBalancer.TABLE, "cluster-tcp-loadbalancer")
                        .with(LoadBalancer.VIPS, Map.of("10.96.0.1:443", "10.0.0.1:6443"));
        Owner owner = Owner.parse("lb/Vpc/ovn-cluster");

        apply(Desired.of(owner, lb.memberOf(LogicalSwitch.LOAD_BALANCER, SWITCH)));
        assertThat(db.rows("Logical_Switch").iterator().next().get(LogicalSwitch.LOAD_BALANCER))
                .hasSize(1);

        apply(Desired.of(owner, lb.memberOfNone(LogicalSwitch.LOAD_BALANCER)));
        assertThat(db.rows("Logical_Switch").iterator().next().get(LogicalSwitch.LOAD_BALANCER))
                .isEmpty();
    }

    @Test
    void ownsOnlyItsKeysOfASharedRow() {
        db.put(
                NbGlobal.TABLE,
                Map.of(NbGlobal.OPTIONS, Map.of("theirs", "1", "name", "old", "stale", "x")));

        apply(
                Desired.of(
                        SUBNET,
                        RowSpec.shared(RowRef.singleton(NbGlobal.TABLE))
                                .withEntries(NbGlobal.OPTIONS, Map.of("name", "az1"))
                                .withoutEntries(NbGlobal.OPTIONS, "stale")));

        assertThat(db.rows("NB_Global").iterator().next().get(NbGlobal.OPTIONS))
                .isEqualTo(Map.of("theirs", "1", "name", "az1"));
    }

    @Test
    void keepsAValueThatIsOnlyGivenInitially() {
        var router = RowSpec.of(LogicalRouter.TABLE, "r");
        var spec =
                RowSpec.of(LogicalRouterPort.TABLE, "p")
                        .memberOf(LogicalRouter.PORTS, router.ref())
                        .with(LogicalRouterPort.NETWORKS, Set.of("10.0.0.1/24"));
        apply(
                Desired.of(
                        SUBNET,
                        router,
                        spec.initially(LogicalRouterPort.MAC, "0a:00:00:00:00:01")));

        ChangeSet again =
                planner.plan(
                        Desired.of(
                                SUBNET,
                                router,
                                spec.initially(LogicalRouterPort.MAC, "0a:00:00:00:00:02")),
                        db);

        assertThat(again.isEmpty()).isTrue();
    }

    @Test
    void movesAPortBetweenSwitchesWithoutMakingItAnew() {
        apply(theSwitch());
        apply(Desired.of(Owner.parse("vpc/Subnet/b"), RowSpec.of(LogicalSwitch.TABLE, "b")));
        apply(Desired.of(POD, port("web-0.shop")));
        var uuid = db.rows("Logical_Switch_Port").iterator().next().uuid();

        apply(
                Desired.of(
                        POD,
                        RowSpec.of(LogicalSwitchPort.TABLE, "web-0.shop")
                                .memberOf(
                                        LogicalSwitch.PORTS, RowRef.of(LogicalSwitch.TABLE, "b"))));

        assertThat(db.rows("Logical_Switch_Port"))
                .singleElement()
                .satisfies(row -> assertThat(row.uuid()).isEqualTo(uuid));
        assertThat(db.find(LogicalSwitch.NAME, "b").getFirst().get(LogicalSwitch.PORTS))
                .containsExactly(uuid);
        assertThat(db.find(LogicalSwitch.NAME, "ovn-default").getFirst().get(LogicalSwitch.PORTS))
                .isEmpty();
    }

    @Test
    void printsAPlanForPeopleAndForPrograms() {
        apply(theSwitch());

        ChangeSet changes = planner.plan(Desired.of(POD, port("web-0.shop")), db);

        assertThat(changes.toString())
                .isEqualTo(
                        """
                        vpc/Pod/shop/web-0: 2 rows
                        + Logical_Switch_Port web-0.shop
                            name: web-0.shop
                            addresses: [0a:00:00:00:00:01 10.16.0.2]
                            external_ids: {weft-owner=vpc/Pod/shop/web-0}
                        ~ Logical_Switch ovn-default
                            ports: + Logical_Switch_Port web-0.shop""");
        assertThat(changes.toJson())
                .startsWith(
                        "{\"owner\":\"vpc/Pod/shop/web-0\",\"changes\":[{\"op\":\"insert\",\"table\":\"Logical_Switch_Port\",\"key\":\"web-0.shop\"")
                .contains(
                        "\"edits\":[{\"column\":\"ports\",\"add\":[\"Logical_Switch_Port web-0.shop\"],\"remove\":[]}]")
                .endsWith("\"blockedBy\":[],\"conflicts\":[]}");
    }

    @Test
    void refusesSpecsThatCouldNotWork() {
        assertThatThrownBy(() -> Desired.of(POD, RowSpec.of(LogicalSwitchPort.TABLE, "p")))
                .hasMessageContaining("Logical_Switch_Port p of vpc/Pod/shop/web-0 needs memberOf");
        assertThatThrownBy(() -> Desired.of(POD, port("p"), port("p")))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> RowSpec.of(Encap.TABLE, "e"))
                .hasMessageContaining("has no external_ids");
        assertThatThrownBy(() -> RowSpec.of(NbGlobal.TABLE, "x"))
                .hasMessageContaining("RowSpec.shared");
        assertThatThrownBy(
                        () ->
                                RowSpec.of(LogicalSwitch.TABLE, "s")
                                        .with(LogicalSwitch.PORTS, Set.of()))
                .hasMessageContaining("use withRefs, or memberOf");
        assertThatThrownBy(() -> RowSpec.of(LogicalSwitch.TABLE, "s").with(LogicalSwitch.NAME, "t"))
                .hasMessageContaining("given by the key");
        assertThatThrownBy(() -> RowSpec.of(LogicalSwitch.TABLE, "s").with(LogicalRouter.NAME, "t"))
                .hasMessageContaining("not a column of");
        var group =
                RowSpec.of(PortGroup.TABLE, "g")
                        .withRefs(PortGroup.ACLS, RowRef.of(Acl.TABLE, "a"));
        assertThatThrownBy(() -> Desired.of(POLICY, group))
                .hasMessageContaining("must be among the same owner's rows");
        assertThatThrownBy(() -> Owner.parse("vpc/Pod"))
                .hasMessageContaining("<service>/<kind>/<name>");
        assertThatThrownBy(() -> new Owner("vpc", "Pod", "a b")).hasMessageContaining("'a b'");
    }
}
