package dev.weft.ovn.it;

import static dev.weft.ovn.it.Fixture.apply;
import static dev.weft.ovn.it.Fixture.await;
import static dev.weft.ovn.it.Fixture.transact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovn.Applied;
import dev.weft.ovn.Desired;
import dev.weft.ovn.Obstacle;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.Owner;
import dev.weft.ovn.OwnerListener;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.Stamp;
import dev.weft.ovn.TestTransactions;
import dev.weft.ovn.nb.Acl;
import dev.weft.ovn.nb.LoadBalancer;
import dev.weft.ovn.nb.LogicalRouter;
import dev.weft.ovn.nb.LogicalRouterPort;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovn.nb.PortGroup;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OvnDatabaseIT {
    private static final Owner SUBNET = Owner.parse("vpc/Subnet/ovn-default");
    private static final RowRef SWITCH = RowRef.of(LogicalSwitch.TABLE, "ovn-default");

    private final Fixture fixture = Fixture.of(OvsdbServer.northbound(), Northbound.MODEL);
    private final OvnDatabase database = fixture.openLocked("vpc");

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Desired theSwitch() {
        return Desired.of(
                SUBNET,
                RowSpec.of(LogicalSwitch.TABLE, "ovn-default")
                        .with(LogicalSwitch.OTHER_CONFIG, Map.of("mcast_snoop", "false")));
    }

    private static Owner podOwner(int number) {
        return new Owner("vpc", "Pod", "shop/web-" + number);
    }

    private static Desired pod(int number) {
        return Desired.of(podOwner(number), port("web-" + number + ".shop"));
    }

    private static RowSpec port(String name) {
        return RowSpec.of(LogicalSwitchPort.TABLE, name)
                .memberOf(LogicalSwitch.PORTS, SWITCH)
                .with(LogicalSwitchPort.ADDRESSES, Set.of("0a:00:00:00:00:01 10.16.0.2"));
    }

    private List<Row> rows(String table) {
        return database.read(view -> List.copyOf(view.rows(table)));
    }

    @Test
    void addsAPortToASwitchOfTenThousandWithOneMember() {
        apply(database, theSwitch());
        var uuid = rows("Logical_Switch").getFirst().uuid();
        transact(fixture.stranger(), foreignPorts(uuid, 10_000));
        long transactions = database.client().statistics().transactions();

        Applied applied = apply(database, pod(1));

        assertThat(applied).isInstanceOf(Applied.Written.class);
        assertThat(database.client().statistics().transactions()).isEqualTo(transactions + 1);
        String json = TestTransactions.of(applied.changes()).toJson();
        assertThat(json.length()).isLessThan(1000);
        assertThat(json)
                .containsOnlyOnce("\"op\":\"mutate\"")
                .containsPattern(
                        "\"mutations\":\\[\\[\"ports\",\"insert\",\\[\"named-uuid\",\"\\w+\"\\]\\]\\]"
                                + "|\"mutations\":\\[\\[\"ports\",\"insert\",\\[\"set\",\\[\\[\"named-uuid\",\"\\w+\"\\]\\]\\]\\]\\]");
        assertThat(rows("Logical_Switch").getFirst().get(LogicalSwitch.PORTS)).hasSize(10_001);
    }

    private static Transaction foreignPorts(UUID parent, int count) {
        var transaction = new Transaction();
        var names = new HashSet<Object>();
        for (int i = 0; i < count; i++) {
            var name = new NamedUuid("p" + i);
            names.add(name);
            transaction.insert(
                    "Logical_Switch_Port", name, Map.of(LogicalSwitchPort.NAME, "foreign-" + i));
        }
        return transaction.mutate(
                "Logical_Switch",
                List.of(Condition.uuid("Logical_Switch", parent)),
                List.of(Mutation.insert(LogicalSwitch.PORTS, names)));
    }

    @Test
    void gathersABurstIntoFewTransactions() {
        apply(database, theSwitch());

        var futures = IntStream.range(0, 1000).mapToObj(i -> database.apply(pod(i))).toList();
        await(Future.all(futures));

        assertThat(futures).allMatch(future -> future.result() instanceof Applied.Written);
        assertThat(database.statistics().transactions()).isLessThan(20);
        assertThat(database.statistics().owners()).isEqualTo(1001);
        assertThat(database.owners()).hasSize(1001);
        assertThat(rows("Logical_Switch").getFirst().get(LogicalSwitch.PORTS)).hasSize(1000);
    }

    @Test
    void writesAParentAndItsChildrenThatWereWantedTogether() {
        var child = database.apply(pod(1));
        var parent = database.apply(theSwitch());

        await(parent);
        Applied outcome = await(child);
        if (outcome
                instanceof
                Applied.Held) { // the child's plan was made before the parent was asked for
            outcome = apply(database, pod(1));
        }
        assertThat(outcome).isInstanceOf(Applied.Written.class);
        assertThat(rows("Logical_Switch").getFirst().get(LogicalSwitch.PORTS)).hasSize(1);
    }

    @Test
    void doesNotLetABadOwnerSpoilTheOthersOfItsBatch() {
        apply(database, theSwitch());
        var bad =
                Desired.of(
                        new Owner("vpc", "Policy", "bad"),
                        RowSpec.of(Acl.TABLE, "a")
                                .memberOf(LogicalSwitch.ACLS, SWITCH)
                                .with(Acl.ACTION, "no such action")
                                .with(Acl.DIRECTION, "to-lport"));

        var good = new ArrayList<Future<Applied>>();
        good.add(database.apply(pod(0)));
        var refused = database.apply(bad);
        IntStream.range(1, 50).forEach(i -> good.add(database.apply(pod(i))));
        await(Future.all(good));

        assertThat(good).allMatch(future -> future.result() instanceof Applied.Written);
        assertThatThrownBy(() -> await(refused))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(OvsdbException.TransactionFailed.class);
        assertThat(rows("Logical_Switch_Port")).hasSize(50);
        assertThat(rows("ACL")).isEmpty();
    }

    @Test
    void writesNothingWithoutTheLock() {
        apply(database, theSwitch());
        OvnDatabase standby = fixture.open("vpc", options -> options.withLock("weft_vpc"));

        assertThatThrownBy(() -> apply(standby, pod(1)))
                .hasCauseInstanceOf(OvsdbException.NotOwner.class);
        assertThat(rows("Logical_Switch_Port")).isEmpty();

        await(standby.lock().orElseThrow().steal());
        assertThat(apply(standby, pod(1))).isInstanceOf(Applied.Written.class);
        assertThatThrownBy(() -> apply(database, pod(2)))
                .hasCauseInstanceOf(OvsdbException.NotOwner.class);
        assertThat(rows("Logical_Switch_Port")).hasSize(1);
    }

    @Test
    void sendsNothingWhenNothingChanges() {
        apply(database, theSwitch());
        apply(database, pod(1));
        OvnDatabase restarted = fixture.open("vpc", options -> options);
        long before = restarted.client().statistics().transactions();

        assertThat(apply(restarted, theSwitch())).isInstanceOf(Applied.Unchanged.class);
        assertThat(apply(restarted, pod(1))).isInstanceOf(Applied.Unchanged.class);

        assertThat(restarted.client().statistics().transactions()).isEqualTo(before);
    }

    @Test
    void tellsOfRowsThatSomebodyElseChangedOrTookAway() throws Exception {
        apply(database, theSwitch());
        apply(database, pod(1));
        var heard = listen();
        var stranger = fixture.stranger();

        transact(
                stranger,
                new Transaction()
                        .update(
                                "Logical_Switch_Port",
                                List.of(Condition.equal(LogicalSwitchPort.NAME, "web-1.shop")),
                                Map.of(LogicalSwitchPort.ADDRESSES, Set.of("unknown"))));
        assertThat(heard.poll(10, TimeUnit.SECONDS)).containsExactly(podOwner(1));
        apply(database, pod(1));

        transact(stranger, new Transaction().delete("Logical_Switch", List.of()));
        var gone = new HashSet<>(heard.poll(10, TimeUnit.SECONDS));
        assertThat(gone).containsExactlyInAnyOrder(SUBNET, podOwner(1));
        assertThat(heard).isEmpty();
    }

    @Test
    void doesNotTakeItsOwnWritingNorNorthdsForDrift() throws Exception {
        var heard = listen();
        apply(database, theSwitch());
        apply(database, pod(1));
        transact(
                fixture.stranger(),
                new Transaction()
                        .update(
                                "Logical_Switch_Port",
                                List.of(),
                                Map.of(LogicalSwitchPort.UP, Optional.of(true))));
        apply(database, pod(2)); // by now the update above has been seen

        assertThat(heard).isEmpty();
    }

    @Test
    void tellsWhenAMissingParentHasCome() throws Exception {
        var heard = listen();
        Applied held = apply(database, pod(1));
        assertThat(held.changes().blockedBy()).singleElement().isInstanceOf(Obstacle.Missing.class);

        apply(database, theSwitch());

        assertThat(heard.poll(10, TimeUnit.SECONDS)).containsExactly(podOwner(1));
        assertThat(apply(database, pod(1))).isInstanceOf(Applied.Written.class);
    }

    @Test
    void tellsWhenTheLastPortHasLeftASwitchThatShouldGo() throws Exception {
        apply(database, theSwitch());
        apply(database, pod(1));
        var heard = listen();
        assertThat(apply(database, Desired.nothing(SUBNET))).isInstanceOf(Applied.Held.class);

        apply(database, Desired.nothing(podOwner(1)));

        assertThat(heard.poll(10, TimeUnit.SECONDS)).containsExactly(SUBNET);
        assertThat(apply(database, Desired.nothing(SUBNET))).isInstanceOf(Applied.Written.class);
        assertThat(rows("Logical_Switch")).isEmpty();
    }

    @Test
    void tellsWhoWasTakenOutOfASetOfAnother() throws Exception {
        apply(database, theSwitch());
        Owner owner = Owner.parse("vpc/Service/dns");
        apply(
                database,
                Desired.of(
                        owner,
                        RowSpec.of(LoadBalancer.TABLE, "dns")
                                .memberOf(LogicalSwitch.LOAD_BALANCER, SWITCH)));
        var heard = listen();

        transact(
                fixture.stranger(),
                new Transaction()
                        .update(
                                "Logical_Switch",
                                List.of(),
                                Map.of(LogicalSwitch.LOAD_BALANCER, Set.of())));

        assertThat(heard.poll(10, TimeUnit.SECONDS)).containsExactly(owner);
    }

    @Test
    void makesRouterPortsAndPortGroupsWithNamedReferences() {
        var acl =
                RowSpec.of(Acl.TABLE, "drop")
                        .with(Acl.ACTION, "drop")
                        .with(Acl.DIRECTION, "to-lport")
                        .with(Acl.PRIORITY, 2000L)
                        .with(Acl.MATCH, "outport == @web.shop && ip");
        apply(
                database,
                Desired.of(
                        SUBNET,
                        RowSpec.of(LogicalSwitch.TABLE, "ovn-default"),
                        port("ovn-default-ovn-cluster"),
                        RowSpec.of(LogicalRouter.TABLE, "ovn-cluster"),
                        RowSpec.of(LogicalRouterPort.TABLE, "ovn-cluster-ovn-default")
                                .memberOf(
                                        LogicalRouter.PORTS,
                                        RowRef.of(LogicalRouter.TABLE, "ovn-cluster"))
                                .with(
                                        LogicalRouterPort.NETWORKS,
                                        Set.of("10.16.0.1/16", "fd00:10:16::1/112"))
                                .initially(LogicalRouterPort.MAC, "0a:00:00:00:00:01"),
                        RowSpec.of(PortGroup.TABLE, "web.shop")
                                .withRefs(
                                        PortGroup.PORTS,
                                        RowRef.of(
                                                LogicalSwitchPort.TABLE, "ovn-default-ovn-cluster"))
                                .withRefs(PortGroup.ACLS, acl.ref()),
                        acl));

        assertThat(rows("Port_Group"))
                .singleElement()
                .satisfies(
                        group -> {
                            assertThat(group.get(PortGroup.PORTS)).hasSize(1);
                            assertThat(group.get(PortGroup.ACLS)).hasSize(1);
                        });
        apply(database, Desired.nothing(SUBNET));
        assertThat(database.owners()).isEmpty();
        assertThat(rows("ACL")).isEmpty();
    }

    @Test
    void sparesRowsOfOtherServices() {
        OvnDatabase policy = fixture.openLocked("policy");
        Owner owner = Owner.parse("policy/NetworkPolicy/shop/web");
        apply(database, theSwitch());
        apply(policy, Desired.of(owner, RowSpec.of(PortGroup.TABLE, "web.shop")));

        assertThat(database.owners()).containsExactly(SUBNET);
        assertThat(policy.owners()).containsExactly(owner);
        assertThatThrownBy(() -> database.apply(Desired.nothing(owner)))
                .hasMessageContaining(
                        "service vpc cannot state rows of owner policy/NetworkPolicy/shop/web");
    }

    @Test
    void findsASwitchOfTheSameNameThatAStrangerMadeMeanwhile() {
        transact(
                fixture.stranger(),
                new Transaction()
                        .insert("Logical_Switch", null, Map.of(LogicalSwitch.NAME, "ovn-default")));

        Applied applied = apply(database, theSwitch());

        assertThat(applied.changes().conflicts())
                .singleElement()
                .isInstanceOf(Obstacle.ForeignRow.class);
        assertThat(rows("Logical_Switch"))
                .singleElement()
                .satisfies(
                        row ->
                                assertThat(row.get(LogicalSwitch.EXTERNAL_IDS))
                                        .doesNotContainKey(Stamp.OWNER));
    }

    @Test
    void goesOnAfterAHandlerOfItsCallerFailed() {
        database.apply(theSwitch())
                .onComplete(
                        _ -> {
                            throw new IllegalStateException("the caller's fault");
                        });

        assertThat(apply(database, pod(1)).changes().isFeasible()).isTrue();
        assertThat(apply(database, pod(2))).isInstanceOf(Applied.Written.class);
    }

    @Test
    void goesOnAfterTheServerDiedAndCameBack() {
        apply(database, theSwitch());
        fixture.server.kill();
        assertThatThrownBy(() -> apply(database, pod(1)))
                .hasCauseInstanceOf(OvsdbException.Disconnected.class);

        fixture.server.start();
        await(database.lock().orElseThrow().whenHeld());

        assertThat(apply(database, pod(1))).isInstanceOf(Applied.Written.class);
        assertThat(rows("Logical_Switch_Port")).hasSize(1);
    }

    @Test
    void writesAllAgainIntoADatabaseThatWasEmptied() throws Exception {
        apply(database, theSwitch());
        apply(database, pod(1));
        var heard = listen();
        transact(fixture.stranger(), new Transaction().delete("Logical_Switch", List.of()));
        assertThat(heard.poll(10, TimeUnit.SECONDS)).hasSize(2);

        apply(database, theSwitch());
        apply(database, pod(1));

        assertThat(rows("Logical_Switch").getFirst().get(LogicalSwitch.PORTS)).hasSize(1);
    }

    private BlockingQueue<Set<Owner>> listen() {
        var heard = new LinkedBlockingQueue<Set<Owner>>();
        database.listen(
                new OwnerListener() {
                    @Override
                    public void changed(Set<Owner> owners) {
                        heard.add(owners);
                    }

                    @Override
                    public void reset() {}
                });
        return heard;
    }
}
