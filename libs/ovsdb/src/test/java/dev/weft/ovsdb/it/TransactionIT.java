package dev.weft.ovsdb.it;

import static dev.weft.ovsdb.testing.Waiting.await;
import static dev.weft.ovsdb.testing.Waiting.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ovsdb.Condition;
import dev.weft.ovsdb.ConnectionState;
import dev.weft.ovsdb.Mutation;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.Operation;
import dev.weft.ovsdb.OvsdbClient;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What transactions answer, wait for, are refused for and fenced by. */
class TransactionIT extends StandaloneServer {

    @Test
    void answersWhatOperationsAnswer() {
        var name = new NamedUuid("s");
        var result =
                await(
                        client.transact(
                                new Transaction()
                                        .comment("made by a test")
                                        .insert(Nb.SWITCH, name, Map.of(Nb.SWITCH_NAME, "one"))
                                        .insert(Nb.SWITCH, null, Map.of(Nb.SWITCH_NAME, "two"))
                                        .update(
                                                Nb.SWITCH,
                                                List.of(),
                                                Map.of(Nb.SWITCH_IDS, Map.of("a", "b")))
                                        .mutate(
                                                Nb.SWITCH,
                                                List.of(Condition.equal(Nb.SWITCH_NAME, "two")),
                                                List.of(
                                                        Mutation.delete(
                                                                Nb.SWITCH_IDS, List.of("a"))))
                                        .select(
                                                Nb.SWITCH,
                                                List.of(Condition.equal(Nb.SWITCH_NAME, "two")),
                                                List.of(Nb.SWITCH_NAME, Nb.SWITCH_IDS))
                                        .delete(
                                                Nb.SWITCH,
                                                List.of(Condition.equal(Nb.SWITCH_NAME, "one")))));
        assertThat(result.get(3).count()).isEqualTo(2);
        assertThat(result.get(4).count()).isEqualTo(1);
        var row = result.get(5).rows().getFirst();
        assertThat(row.uuid()).isEqualTo(result.uuid(2));
        assertThat(row.get(Nb.SWITCH_NAME)).isEqualTo("two");
        assertThat(row.get(Nb.SWITCH_IDS)).isEmpty();
        assertThat(result.get(6).count()).isEqualTo(1);
        assertThat(result.get(1).uuid()).isNotEqualTo(result.uuid(2));
    }

    @Test
    void givesEachRefusalItsType() {
        await(client.transact(Nb.addSwitch("s")));
        await(client.transact(Nb.addPort("s", "p")));
        assertThatThrownBy(() -> await(client.transact(Nb.addPort("s", "p"))))
                .isInstanceOfSatisfying(
                        OvsdbException.ConstraintViolation.class,
                        e -> assertThat(e.operation()).isEqualTo(-1));
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .mutate(
                                                                Nb.SWITCH,
                                                                List.of(),
                                                                List.of(
                                                                        Mutation.insert(
                                                                                Nb.SWITCH_PORTS,
                                                                                UUID
                                                                                        .randomUUID()))))))
                .isInstanceOf(OvsdbException.ReferentialIntegrityViolation.class);
        assertThatThrownBy(() -> await(client.transact(new Transaction().assertLock("nobody"))))
                .isInstanceOf(OvsdbException.NotOwner.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .waitForNone(
                                                                Nb.PORT,
                                                                List.of(
                                                                        Condition.equal(
                                                                                Nb.PORT_NAME, "p")))
                                                        .comment("never reached"))))
                .isInstanceOfSatisfying(
                        OvsdbException.TimedOut.class, e -> assertThat(e.operation()).isZero());
        assertThatThrownBy(() -> await(client.transact(Nb.addSwitch("t").abort())))
                .isInstanceOf(OvsdbException.Aborted.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .insert(
                                                                Nb.SWITCH,
                                                                new NamedUuid("x"),
                                                                Map.of())
                                                        .insert(
                                                                Nb.SWITCH,
                                                                new NamedUuid("x"),
                                                                Map.of()))))
                .isInstanceOf(OvsdbException.DuplicateUuidName.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .insert(
                                                                "NB_Global",
                                                                null,
                                                                Map.of(Nb.NB_CFG, 1L))
                                                        .mutate(
                                                                "NB_Global",
                                                                List.of(),
                                                                List.of(
                                                                        new Mutation(
                                                                                Nb.NB_CFG,
                                                                                Mutation.Mutator
                                                                                        .DIVIDE,
                                                                                0L))))))
                .isInstanceOf(OvsdbException.DomainError.class);
        assertThatThrownBy(
                        () ->
                                await(
                                        client.transact(
                                                new Transaction()
                                                        .delete("No_Such_Table", List.of()))))
                .isInstanceOf(OvsdbException.SyntaxError.class)
                .hasMessageContaining("No_Such_Table");
    }

    @Test
    void waitsUntilTheAwaitedHappens() {
        await(client.transact(Nb.addSwitch("a")));
        var where = List.of(Condition.equal(Nb.SWITCH_NAME, "b"));
        var waiting =
                client.transact(
                        new Transaction()
                                .waitFor(
                                        Nb.SWITCH,
                                        where,
                                        List.of(Nb.SWITCH_NAME),
                                        Operation.Until.EQUAL,
                                        List.of(Map.of(Nb.SWITCH_NAME, "b")),
                                        Duration.ofSeconds(10)));
        await(client.transact(Nb.addSwitch("c")));
        assertThat(waiting.isComplete()).isFalse();
        await(client.transact(Nb.addSwitch("b")));
        await(waiting);
    }

    @Test
    void handsALockOverAndFencesTheFormerHolder() {
        try (var rival = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE))) {
            await(rival.schema());
            var ours = client.lock("leader");
            await(ours.whenHeld());
            var theirs = rival.lock("leader");
            await(client.transact(Nb.addSwitch("by us").assertLock("leader")));
            assertThat(theirs.held()).isFalse();
            await(theirs.steal());
            eventually("we hear of the theft", () -> !ours.held());
            assertThatThrownBy(() -> await(client.transact(new Transaction().assertLock("leader"))))
                    .isInstanceOf(OvsdbException.NotOwner.class);
            await(rival.transact(Nb.addSwitch("by them").assertLock("leader")));
            await(theirs.release());
            await(ours.whenHeld());
            await(client.transact(new Transaction().assertLock("leader")));
            await(ours.release());
        }
    }

    @Test
    void aClientThatWasConnectedTellsNoSchemaAfterItWasClosed() {
        var closed = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE));
        await(closed.schema());
        closed.close();
        assertThatThrownBy(() -> await(closed.schema()))
                .isInstanceOf(OvsdbException.Disconnected.class);
    }

    @Test
    void failsWhatIsAskedOfAClosedClient() {
        var closed = OvsdbClient.open(vertx, OvsdbOptions.of(server.unix(), Nb.DATABASE));
        var early = closed.monitor(Nb.everything());
        closed.close();
        await(early.otherwiseEmpty());
        assertThatThrownBy(() -> await(closed.monitor(Nb.everything())))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThatThrownBy(() -> await(closed.schema()))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThatThrownBy(() -> await(closed.transact(new Transaction())))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThatThrownBy(() -> await(closed.lock("late").whenHeld()))
                .isInstanceOf(OvsdbException.Disconnected.class);
        assertThat(closed.state()).isEqualTo(new ConnectionState.Closed());
    }

    @Test
    void countsWhatItDoes() {
        var before = client.statistics();
        await(client.transact(Nb.addSwitch("s")));
        await(
                client.transact(
                        new Transaction().select(Nb.SWITCH, List.of(), List.of(Nb.SWITCH_NAME))));
        var after = client.statistics();
        assertThat(after.transactions() - before.transactions()).isEqualTo(2);
        assertThat(after.writes() - before.writes()).isEqualTo(1);
        assertThat(after.pending()).isZero();
    }
}
