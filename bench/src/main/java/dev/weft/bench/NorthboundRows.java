package dev.weft.bench;

import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A northbound database as a big cluster has it: switches of 1,000 ports, each port as Weft writes
 * it.
 */
final class NorthboundRows {
    static final String DATABASE = "OVN_Northbound";
    static final int PORTS_PER_SWITCH = 1000;
    private static final int PORTS_PER_TRANSACTION = 500;

    private final List<UUID> switches = new ArrayList<>();
    private int next;

    /** Everything that a service would watch of it. */
    static MonitorSpec watched() {
        return MonitorSpec.builder()
                .table("Logical_Switch", LogicalSwitch.NAME, LogicalSwitch.PORTS)
                .table(
                        "Logical_Switch_Port",
                        LogicalSwitchPort.NAME,
                        LogicalSwitchPort.ADDRESSES,
                        LogicalSwitchPort.PORT_SECURITY,
                        LogicalSwitchPort.EXTERNAL_IDS)
                .index(LogicalSwitch.NAME)
                .index(LogicalSwitchPort.NAME)
                .indexEntry(LogicalSwitchPort.EXTERNAL_IDS, "weft-owner")
                .build();
    }

    void fill(OvsdbClient client, int ports) throws Exception {
        for (int first = 0; first < ports; first += PORTS_PER_SWITCH) {
            var name = "switch-" + first / PORTS_PER_SWITCH;
            var created =
                    client.transact(
                            new Transaction()
                                    .insert(
                                            "Logical_Switch",
                                            null,
                                            Map.of(LogicalSwitch.NAME, name)));
            switches.add(
                    created.toCompletionStage()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .uuid(0));
        }
        while (next < ports) {
            var transaction = new Transaction();
            for (int i = 0; i < PORTS_PER_TRANSACTION && next < ports; i++) {
                addPort(transaction, next / PORTS_PER_SWITCH);
            }
            client.transact(transaction)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    /** The transaction of one pod: its port, in the next of the switches. */
    Transaction onePort() {
        var transaction = new Transaction();
        addPort(transaction, next % switches.size());
        return transaction;
    }

    private void addPort(Transaction transaction, int onSwitch) {
        int number = next++;
        var row = new NamedUuid("p" + number);
        var address =
                "0a:00:00:%02x:%02x:%02x 10.16.%d.%d fd00:10:16::%x"
                        .formatted(
                                number >> 16 & 255,
                                number >> 8 & 255,
                                number & 255,
                                number >> 8 & 255,
                                number & 255,
                                number);
        var name = "web-%d.shop-%d".formatted(number, number % 40);
        transaction.insert(
                "Logical_Switch_Port",
                row,
                Map.of(
                        LogicalSwitchPort.NAME,
                        name,
                        LogicalSwitchPort.ADDRESSES,
                        Set.of(address),
                        LogicalSwitchPort.PORT_SECURITY,
                        Set.of(address),
                        LogicalSwitchPort.EXTERNAL_IDS,
                        Map.of("weft-owner", "vpc/Pod/" + name, "vendor", "weft")));
        transaction.mutate(
                "Logical_Switch",
                List.of(Condition.uuid("Logical_Switch", switches.get(onSwitch))),
                List.of(Mutation.insert(LogicalSwitch.PORTS, row)));
    }
}
