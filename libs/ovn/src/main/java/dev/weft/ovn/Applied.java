package dev.weft.ovn;

/** What became of a {@link Desired} given to {@link OvnDatabase#apply}. */
public sealed interface Applied {
    /** The plan that this is the outcome of. */
    ChangeSet changes();

    /** All was as it should be; nothing was sent. */
    record Unchanged(ChangeSet changes) implements Applied {}

    /** The changes are in the database. */
    record Written(ChangeSet changes) implements Applied {}

    /**
     * Something is in the way ({@link ChangeSet#obstacles}); nothing was sent for this owner. When
     * what blocks it passes, {@link OwnerListener#changed} names the owner.
     */
    record Held(ChangeSet changes) implements Applied {}
}
