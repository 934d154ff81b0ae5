package dev.weft.ovn;

import static dev.weft.ovn.testing.RandomNorthbound.MODEL;
import static dev.weft.ovn.testing.RandomNorthbound.SELF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ovn.testing.Conformity;
import dev.weft.ovn.testing.MemoryDatabase;
import dev.weft.ovn.testing.RandomNorthbound;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

class PlannerProperties {
    private final Planner planner = new Planner(MODEL);

    @Property(tries = 1500)
    void bringsAnyStateToWhatIsDesiredAndSparesWhatIsNotOurs(@ForAll long seed) {
        var random = new RandomNorthbound(seed);
        MemoryDatabase db = damaged(random);
        Desired desired = random.desired();
        var before = new Conformity(MODEL, db.copy());
        ChangeSet changes = planner.plan(desired, db);

        Statistics.label("feasible")
                .collect(changes.isFeasible())
                .coverage(coverage -> coverage.check(true).percentage(p -> p > 40));
        if (!changes.isFeasible()) {
            assertThat(changes.obstacles())
                    .allMatch(obstacle -> obstacle instanceof Obstacle.StillHolds);
            return;
        }
        apply(db, changes);

        var after = new Conformity(MODEL, db);
        after.requireDesired(desired);
        assertThat(planner.plan(desired, db).isEmpty())
                .as("planned again: %s", planner.plan(desired, db))
                .isTrue();
        var own = new HashSet<UUID>(before.ownedBy(SELF).keySet());
        own.addAll(after.ownedBy(SELF).keySet());
        assertThat(after.others(SELF, own)).isEqualTo(before.others(SELF, own));
        var stayed = after.foreignParts(desired, own);
        before.foreignParts(desired, own)
                .forEach(
                        (part, value) -> {
                            if (stayed.containsKey(part)) {
                                assertThat(stayed).containsEntry(part, value);
                            }
                        });
    }

    @Property(tries = 500)
    void changesRowsInPlace(@ForAll long seed) {
        var random = new RandomNorthbound(seed);
        MemoryDatabase db = random.others();
        Desired first = random.desired();
        apply(db, planner.plan(first, db));
        var before = new Conformity(MODEL, db).ownedBy(SELF);

        apply(db, planner.plan(random.desired(), db));

        var after = new Conformity(MODEL, db).ownedBy(SELF);
        before.forEach(
                (uuid, row) -> {
                    if (after.containsValue(row)) {
                        assertThat(after).containsEntry(uuid, row);
                    }
                });
    }

    @Property(tries = 500)
    void takesEverythingAwayAgain(@ForAll long seed) {
        var random = new RandomNorthbound(seed);
        MemoryDatabase db = random.others();
        var before = new Conformity(MODEL, db).others(SELF, new HashSet<>());
        var shared = planner.plan(random.desired(), db);
        apply(db, shared);

        apply(db, planner.plan(Desired.nothing(SELF), db));

        assertThat(new Conformity(MODEL, db).ownedBy(SELF)).isEmpty();
        assertThat(new Conformity(MODEL, db).others(SELF, new HashSet<>())).isEqualTo(before);
    }

    private MemoryDatabase damaged(RandomNorthbound random) {
        MemoryDatabase db = random.others();
        apply(db, planner.plan(random.desired(), db));
        random.damage(db);
        return db;
    }

    private static void apply(MemoryDatabase db, ChangeSet changes) {
        assertThat(changes.obstacles()).isEmpty();
        db.transact(TransactionWriter.write(List.of(changes), Optional.empty()));
    }
}
