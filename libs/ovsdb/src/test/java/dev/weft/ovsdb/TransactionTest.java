package dev.weft.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private static final Column<String> NAME = new Column<>("T", "name", ColumnType.STRING);
    private static final Column<Long> COUNT = new Column<>("T", "count", ColumnType.INTEGER);
    private static final Column<Set<UUID>> REFS =
            new Column<>("T", "refs", ColumnType.set(ColumnType.UUID));

    @Test
    void writesEveryOperationAsTheRfcSays() {
        var uuid = new UUID(0, 1);
        var transaction =
                new Transaction()
                        .assertLock("leader")
                        .comment("why")
                        .insert("T", new NamedUuid("row"), Map.of(NAME, "a"))
                        .update("T", List.of(Condition.uuid("T", uuid)), Map.of(COUNT, 1L))
                        .mutate(
                                "T",
                                List.of(),
                                List.of(Mutation.insert(REFS, new NamedUuid("row"))))
                        .delete("T", List.of(Condition.equal(NAME, "b")))
                        .select("T", List.of(), List.of(NAME))
                        .waitFor(
                                "T",
                                List.of(),
                                List.of(NAME),
                                Operation.Until.NOT_EQUAL,
                                List.of(Map.of(NAME, "c")),
                                Duration.ofSeconds(1))
                        .abort();
        assertThat(transaction.toJson())
                .isEqualTo(
                        "["
                                + String.join(
                                        ",",
                                        "{\"op\":\"assert\",\"lock\":\"leader\"}",
                                        "{\"op\":\"comment\",\"comment\":\"why\"}",
                                        "{\"op\":\"insert\",\"table\":\"T\",\"row\":{\"name\":\"a\"},\"uuid-name\":\"row\"}",
                                        "{\"op\":\"update\",\"table\":\"T\",\"where\":[[\"_uuid\",\"==\",[\"uuid\",\"00000000-0000-0000-0000-000000000001\"]]],\"row\":{\"count\":1}}",
                                        "{\"op\":\"mutate\",\"table\":\"T\",\"where\":[],\"mutations\":[[\"refs\",\"insert\",[\"named-uuid\",\"row\"]]]}",
                                        "{\"op\":\"delete\",\"table\":\"T\",\"where\":[[\"name\",\"==\",\"b\"]]}",
                                        "{\"op\":\"select\",\"table\":\"T\",\"where\":[],\"columns\":[\"_uuid\",\"name\"]}",
                                        "{\"op\":\"wait\",\"table\":\"T\",\"timeout\":1000,\"where\":[],\"columns\":[\"name\"],\"until\":\"!=\",\"rows\":[{\"name\":\"c\"}]}",
                                        "{\"op\":\"abort\"}")
                                + "]");
    }

    @Test
    void namesTheColumnThatAValueDoesNotFit() {
        var transaction = new Transaction();
        transaction.insert("T", null, Map.of(COUNT, "many"));
        assertThatThrownBy(transaction::toJson)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column T.count: expected integer, got String 'many'");
    }

    @Test
    void refusesAColumnOfAnotherTableAndNamesThatAreNoIds() {
        assertThatThrownBy(() -> new Transaction().insert("U", null, Map.of(NAME, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("T.name");
        assertThatThrownBy(() -> new NamedUuid("a-b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Transaction().assertLock("vpc-service"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lock 'vpc-service' must be");
    }

    @Test
    void knowsWhetherItWrites() {
        assertThat(new Transaction().comment("a").assertLock("b").writes()).isFalse();
        assertThat(new Transaction().delete("T", List.of()).writes()).isTrue();
    }
}
