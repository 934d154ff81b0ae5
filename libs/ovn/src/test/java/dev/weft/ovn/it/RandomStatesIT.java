package dev.weft.ovn.it;

import static dev.weft.ovn.testing.RandomNorthbound.MODEL;
import static dev.weft.ovn.testing.RandomNorthbound.SELF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.Applied;
import dev.weft.ovn.Desired;
import dev.weft.ovn.OvnDatabase;
import dev.weft.ovn.Planner;
import dev.weft.ovn.Table;
import dev.weft.ovn.TestTransactions;
import dev.weft.ovn.testing.Conformity;
import dev.weft.ovn.testing.MemoryDatabase;
import dev.weft.ovn.testing.RandomNorthbound;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.NamedUuid;
import dev.weft.ovsdb.Row;
import dev.weft.ovsdb.Transaction;
import dev.weft.ovsdb.testing.OvsdbServer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of {@code PlannerProperties}, for a handful of states, in the real database. */
class RandomStatesIT {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void bringsTheRealDatabaseToWhatIsDesired(long seed) {
        var random = new RandomNorthbound(seed);
        MemoryDatabase state = random.others();
        var earlier = new Planner(MODEL).plan(random.desired(), state);
        state.transact(TestTransactions.of(earlier));
        random.damage(state);
        try (var fixture = Fixture.of(OvsdbServer.northbound(), MODEL)) {
            Fixture.transact(fixture.stranger(), insertAll(state));
            OvnDatabase database = fixture.openLocked("test");
            Desired desired = random.desired();
            var before = database.read(view -> new Conformity(MODEL, view));

            Applied applied = Fixture.apply(database, desired);

            if (applied instanceof Applied.Held) {
                assertThat(database.statistics().transactions()).isZero();
                return;
            }
            database.read(
                    view -> {
                        var after = new Conformity(MODEL, view);
                        after.requireDesired(desired);
                        var own = new HashSet<>(before.ownedBy(SELF).keySet());
                        own.addAll(after.ownedBy(SELF).keySet());
                        assertThat(after.others(SELF, own)).isEqualTo(before.others(SELF, own));
                        return after;
                    });
            assertThat(Fixture.apply(database, desired)).isInstanceOf(Applied.Unchanged.class);
            assertThat(database.statistics().transactions()).isOne();
        }
    }

    /** The rows of a state as inserts, so that a real database can be made to hold it. */
    private static Transaction insertAll(MemoryDatabase state) {
        var transaction = new Transaction();
        for (Table table : MODEL.tables()) {
            for (Row row : state.rows(table.name())) {
                var values = new HashMap<Column<?>, Object>();
                for (Column<?> column : table.columns()) {
                    Object value = named(row.get(column));
                    if (!value.equals(column.type().defaultValue())) {
                        values.put(column, value);
                    }
                }
                transaction.insert(table.name(), name(row.uuid()), values);
            }
        }
        return transaction;
    }

    private static NamedUuid name(UUID uuid) {
        return new NamedUuid("u" + uuid.toString().replace('-', '_'));
    }

    private static Object named(Object value) {
        return switch (value) {
            case UUID uuid -> name(uuid);
            case Optional<?> optional -> optional.map(RandomStatesIT::named);
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, e -> named(e.getValue())));
            case Collection<?> all ->
                    all.stream().map(RandomStatesIT::named).collect(Collectors.toSet());
            default -> value;
        };
    }
}
