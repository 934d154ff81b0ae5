package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The replica follows what happens in the database, and its views do not. */
class ReplicaIT extends StandaloneServer {

    @Test
    void replicaContainsATransactionWhenItsFutureCompletes() {
        var replica = await(client.monitor(Nb.everything()));
        await(client.transact(Nb.addSwitch("s")));
        for (var i = 0; i < 300; i++) {
            var name = "p" + i;
            // looked at on the event loop, in the very callback of the transaction
            var seen =
                    await(
                            client.transact(Nb.addPort("s", name))
                                    .map(_ -> Nb.port(replica, name).size()));
            assertThat(seen).isOne();
        }
        var ports =
                replica.read(
                        view -> view.find(Nb.SWITCH_NAME, "s").getFirst().get(Nb.SWITCH_PORTS));
        assertThat(ports).hasSize(300);
        assertThat(replica.view().findByMapEntry(Nb.PORT_IDS, "owner", "s")).hasSize(300);
    }

    @Test
    void tellsListenersOfEachTransactionOnce() {
        var replica = await(client.monitor(Nb.everything()));
        var changes = Collections.synchronizedList(new ArrayList<ReplicaChange>());
        replica.listen(changes::add);
        await(client.transact(Nb.addSwitch("s")));
        await(client.transact(Nb.addPort("s", "p")));
        var where = List.of(Condition.equal(Nb.PORT_NAME, "p"));
        await(client.transact(new Transaction().update(Nb.PORT, where, Map.of(Nb.PORT_TAG, 7L))));
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1).rows())
                .extracting(ReplicaChange.RowChange::table)
                .containsExactlyInAnyOrder(Nb.SWITCH, Nb.PORT);
        var change = changes.get(2).rows().getFirst();
        assertThat(change.before().get(Nb.PORT_TAG)).isEmpty();
        assertThat(change.after().get(Nb.PORT_TAG)).contains(7L);
        assertThat(changes).noneMatch(ReplicaChange::reset);
    }

    @Test
    void keepsAViewAsItWas() {
        var replica = await(client.monitor(Nb.everything()));
        await(client.transact(Nb.addSwitch("s")));
        var view = replica.view();
        await(client.transact(new Transaction().delete(Nb.SWITCH, List.of())));
        assertThat(view.find(Nb.SWITCH_NAME, "s")).hasSize(1);
        assertThat(replica.view().find(Nb.SWITCH_NAME, "s")).isEmpty();
    }

    @Test
    void monitorsOnlyMatchingRowsWhenAsked() {
        var replica =
                await(
                        client.monitor(
                                MonitorSpec.builder()
                                        .table(Nb.SWITCH, Nb.SWITCH_NAME)
                                        .where(Condition.equal(Nb.SWITCH_NAME, "mine"))
                                        .build()));
        await(client.transact(Nb.addSwitch("mine")));
        await(client.transact(Nb.addSwitch("other")));
        assertThat(replica.view().rows(Nb.SWITCH).size()).isOne();
    }

    @Test
    void followsModificationsOfSetsMapsAndOptionals() {
        var replica = await(client.monitor(Nb.everything()));
        await(client.transact(Nb.addSwitch("s")));
        await(client.transact(Nb.addPort("s", "p")));
        var where = List.of(Condition.equal(Nb.PORT_NAME, "p"));
        await(
                client.transact(
                        new Transaction()
                                .update(
                                        Nb.PORT,
                                        where,
                                        Map.of(
                                                Nb.PORT_ADDRESSES,
                                                Set.of("a", "b"),
                                                Nb.PORT_ENABLED,
                                                true))));
        await(
                client.transact(
                        new Transaction()
                                .mutate(
                                        Nb.PORT,
                                        where,
                                        List.of(
                                                Mutation.insert(Nb.PORT_ADDRESSES, "c"),
                                                Mutation.delete(Nb.PORT_ADDRESSES, Set.of("a")),
                                                Mutation.insert(
                                                        Nb.PORT_IDS,
                                                        Map.of(
                                                                "k",
                                                                "v",
                                                                "owner",
                                                                "not overwritten")),
                                                Mutation.delete(Nb.PORT_IDS, Set.of("absent"))))));
        var row = Nb.port(replica, "p").getFirst();
        assertThat(row.get(Nb.PORT_ADDRESSES)).containsExactlyInAnyOrder("b", "c");
        assertThat(row.get(Nb.PORT_IDS)).isEqualTo(Map.of("owner", "s", "k", "v"));
        assertThat(row.get(Nb.PORT_ENABLED)).contains(true);
        await(
                client.transact(
                        new Transaction()
                                .update(
                                        Nb.PORT,
                                        where,
                                        Map.of(
                                                Nb.PORT_ENABLED,
                                                Optional.empty(),
                                                Nb.PORT_IDS,
                                                Map.of("owner", "t")))));
        row = Nb.port(replica, "p").getFirst();
        assertThat(row.get(Nb.PORT_ENABLED)).isEmpty();
        assertThat(row.get(Nb.PORT_IDS)).isEqualTo(Map.of("owner", "t"));
        assertThat(replica.view().findByMapEntry(Nb.PORT_IDS, "owner", "s")).isEmpty();
        assertThat(replica.view().findByMapEntry(Nb.PORT_IDS, "owner", "t")).hasSize(1);
    }

    @Test
    void keepsTwoReplicasOfOneClientAndStopsTheOneThatIsClosed() {
        var first = await(client.monitor(Nb.everything()));
        var second =
                await(
                        client.monitor(
                                MonitorSpec.builder().table(Nb.SWITCH, Nb.SWITCH_NAME).build()));
        await(client.transact(Nb.addSwitch("a")));
        second.close();
        await(client.transact(Nb.addSwitch("b")));
        assertThat(first.view().rows(Nb.SWITCH).size()).isEqualTo(2);
        assertThat(second.view().rows(Nb.SWITCH).size()).isEqualTo(1);
    }
}
