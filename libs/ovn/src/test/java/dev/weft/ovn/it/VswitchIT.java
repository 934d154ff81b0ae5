package dev.weft.ovn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.Applied;
import dev.weft.ovn.Desired;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.Owner;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.ovs.Bridge;
import dev.weft.ovn.ovs.Interface;
import dev.weft.ovn.ovs.OpenVSwitch;
import dev.weft.ovn.ovs.Port;
import dev.weft.ovn.ovs.Qos;
import dev.weft.ovn.ovs.Queue;
import dev.weft.ovn.ovs.Vswitch;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.OvsdbServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same engine on a node's database: a port with its interface in a bridge that is not ours. */
class VswitchIT {
    private static final Owner POD = Owner.parse("node/Pod/shop/web-0");
    private static final RowRef INTEGRATION = RowRef.of(Bridge.TABLE, "br-int");

    @Test
    void addsAPodsPortToTheIntegrationBridgeAndTakesItAway() {
        try (var fixture = Fixture.of(OvsdbServer.openVSwitch(), Vswitch.MODEL)) {
            var bridge = new NamedUuid("br");
            Fixture.transact(
                    fixture.stranger(),
                    new Transaction()
                            .insert("Bridge", bridge, Map.of(Bridge.NAME, "br-int"))
                            .insert(
                                    "Open_vSwitch",
                                    null,
                                    Map.of(
                                            OpenVSwitch.BRIDGES, Set.of(bridge),
                                            OpenVSwitch.EXTERNAL_IDS, Map.of("system-id", "n1"))));
            OvnDatabase database = fixture.open("node", options -> options);
            Desired desired =
                    Desired.of(
                            POD,
                            RowSpec.of(Port.TABLE, "abc_h")
                                    .memberOf(Bridge.PORTS, INTEGRATION)
                                    .withRefs(Port.INTERFACES, RowRef.of(Interface.TABLE, "abc_h"))
                                    .withRef(Port.QOS, RowRef.of(Qos.TABLE, "egress")),
                            RowSpec.of(Interface.TABLE, "abc_h")
                                    .withEntries(
                                            Interface.EXTERNAL_IDS,
                                            Map.of("iface-id", "web-0.shop")),
                            RowSpec.of(Qos.TABLE, "egress")
                                    .with(Qos.TYPE, "linux-htb")
                                    .withRefEntries(
                                            Qos.QUEUES, Map.of(0L, RowRef.of(Queue.TABLE, "0"))),
                            RowSpec.of(Queue.TABLE, "0")
                                    .with(Queue.OTHER_CONFIG, Map.of("max-rate", "1000000")),
                            RowSpec.shared(RowRef.singleton(OpenVSwitch.TABLE))
                                    .withEntries(
                                            OpenVSwitch.EXTERNAL_IDS,
                                            Map.of("ovn-remote", "unix:/sb")));

            assertThat(Fixture.apply(database, desired)).isInstanceOf(Applied.Written.class);
            assertThat(Fixture.apply(database, desired)).isInstanceOf(Applied.Unchanged.class);
            assertThat(
                            database.<Map<String, String>>read(
                                    view ->
                                            view.rows("Open_vSwitch")
                                                    .iterator()
                                                    .next()
                                                    .get(OpenVSwitch.EXTERNAL_IDS)))
                    .isEqualTo(Map.of("system-id", "n1", "ovn-remote", "unix:/sb"));

            Fixture.apply(database, Desired.nothing(POD));
            for (String table : List.of("Port", "Interface", "QoS", "Queue")) {
                assertThat(database.<Integer>read(view -> view.rows(table).size()))
                        .as(table)
                        .isZero();
            }
            assertThat(database.<Integer>read(view -> view.rows("Bridge").size())).isOne();
        }
    }
}
