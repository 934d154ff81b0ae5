package dev.weft.ovn;

import dev.weft.ovsdb.Replica;

/**
 * Compares what an owner should have with what the database has. Pure: the same desired rows and
 * the same view give the same change set, and nothing else happens. Looks at the owner's rows and
 * their parents only, through the replica's indexes.
 */
public final class Planner {
    private final Model model;

    public Planner(Model model) {
        this.model = model;
    }

    /**
     * What must change.
     *
     * @param view of a replica that was asked for with {@link OvnOptions#monitor}
     * @throws IllegalArgumentException when a spec names a column that the replica does not have
     */
    public ChangeSet plan(Desired desired, Replica.View view) {
        return new Planning(model, desired, view).plan();
    }
}
