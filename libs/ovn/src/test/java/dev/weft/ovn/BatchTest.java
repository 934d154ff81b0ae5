package dev.weft.ovn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovn.testing.MemoryDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final RowRef SWITCH = RowRef.of(LogicalSwitch.TABLE, "s");

    private final MemoryDatabase db = new MemoryDatabase(Northbound.MODEL);
    private final Planner planner = new Planner(Northbound.MODEL);

    private static Desired theSwitch(String owner) {
        return Desired.of(Owner.parse(owner), RowSpec.of(LogicalSwitch.TABLE, "s"));
    }

    private static Desired port(String owner) {
        return Desired.of(
                Owner.parse(owner),
                RowSpec.of(LogicalSwitchPort.TABLE, "p-" + Owner.parse(owner).name())
                        .memberOf(LogicalSwitch.PORTS, SWITCH));
    }

    private Batch<String> sort(Desired... desired) {
        return Batch.sort(
                List.of(desired).stream()
                        .map(
                                each ->
                                        new Batch.Plan<>(
                                                each.owner().toString(), planner.plan(each, db)))
                        .toList());
    }

    private void apply(Desired desired) {
        db.transact(TransactionWriter.write(List.of(planner.plan(desired, db)), Optional.empty()));
    }

    private static List<String> names(List<Batch.Plan<String>> plans) {
        return plans.stream().map(Batch.Plan::job).toList();
    }

    @Test
    void sendsTogetherWhatDoesNotConcernEachOther() {
        apply(theSwitch("t/Subnet/s"));

        var batch = sort(port("t/Pod/a"), theSwitch("t/Subnet/s"), port("t/Pod/b"));

        assertThat(names(batch.ready())).containsExactly("t/Pod/a", "t/Pod/b");
        assertThat(names(batch.unchanged())).containsExactly("t/Subnet/s");
    }

    @Test
    void defersAChildUntilItsParentIsThere() {
        var batch = sort(port("t/Pod/a"), theSwitch("t/Subnet/s"));

        assertThat(names(batch.ready())).containsExactly("t/Subnet/s");
        assertThat(names(batch.deferred())).containsExactly("t/Pod/a");
    }

    @Test
    void holdsWhatNobodyInTheBatchHelps() {
        assertThat(names(sort(port("t/Pod/a")).held())).containsExactly("t/Pod/a");
    }

    @Test
    void defersTheSecondOfTwoOwnersThatMakeOneRow() {
        var batch = sort(theSwitch("t/Subnet/one"), theSwitch("t/Subnet/two"));

        assertThat(names(batch.ready())).containsExactly("t/Subnet/one");
        assertThat(names(batch.deferred())).containsExactly("t/Subnet/two");
    }

    @Test
    void defersTheSecondOfTwoOwnersThatAdoptOneRow() {
        db.put(
                LogicalSwitch.TABLE,
                Map.of(
                        LogicalSwitch.NAME,
                        "s",
                        LogicalSwitch.EXTERNAL_IDS,
                        Map.of("vendor", "kube-ovn")));

        var batch = sort(theSwitch("t/Subnet/one"), theSwitch("t/Subnet/two"));

        assertThat(names(batch.ready())).containsExactly("t/Subnet/one");
        assertThat(names(batch.deferred())).containsExactly("t/Subnet/two");
    }

    @Test
    void doesNotPutAPortIntoASwitchThatTheSameTransactionDeletes() {
        apply(theSwitch("t/Subnet/s"));

        var batch = sort(Desired.nothing(Owner.parse("t/Subnet/s")), port("t/Pod/a"));

        assertThat(names(batch.ready())).containsExactly("t/Subnet/s");
        assertThat(names(batch.deferred())).containsExactly("t/Pod/a");
    }
}
