package dev.weft.vpc.northbound;

import dev.weft.ovn.Desired;
import dev.weft.ovn.Owner;
import dev.weft.vpc.records.Records;
import dev.weft.vpc.topology.Plan;
import dev.weft.vpc.topology.Topology;
import dev.weft.vpc.topology.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Says what would change: for one owner, or for all of them, when it is drift. */
@ApplicationScoped
public class Drift {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Records records;
    private final Northbound northbound;
    private final Fabric fabric;

    Drift(Records records, Northbound northbound, Fabric fabric) {
        this.records = records;
        this.northbound = northbound;
        this.fabric = fabric;
    }

    /** What would change for the owner now. */
    public PlannedChange planned(Owner owner) {
        return planned(owner, records.world());
    }

    /** What would change for the owner if the world were like this. Nothing is sent. */
    public PlannedChange planned(Owner owner, World world) {
        return switch (Topology.planFor(owner, world)) {
            case Plan.Keep(var kept, var reason) -> PlannedChange.refused(kept, reason);
            case Plan.Serve(Desired desired, var remarks) ->
                    PlannedChange.of(northbound.database().plan(desired), remarks);
        };
    }

    /** Whether anything is known of the owner, in the records or in the database. */
    public boolean knows(Owner owner) {
        return owners().anyMatch(owner::equals);
    }

    /** Everything that is not as it should be. Looks at every owner. */
    public List<PlannedChange> all() {
        var world = records.world();
        return owners().map(owner -> planned(owner, world))
                .filter(change -> change.refusal() == null && !change.inSync())
                .toList();
    }

    /**
     * Mends what is not as it should be, and waits for it a while.
     *
     * @return the owners that were mended or at least looked at, and what is still different
     */
    public Repair repair() throws InterruptedException {
        var drift = all();
        drift.forEach(change -> fabric.submit(change.owner()));
        fabric.awaitIdle(PATIENCE);
        return new Repair(drift.stream().map(PlannedChange::owner).toList(), all());
    }

    private Stream<Owner> owners() {
        return Stream.concat(
                        Topology.owners(records.world()), northbound.database().owners().stream())
                .distinct();
    }

    /** What came of a repair. */
    public record Repair(List<Owner> repaired, List<PlannedChange> remaining) {}
}
