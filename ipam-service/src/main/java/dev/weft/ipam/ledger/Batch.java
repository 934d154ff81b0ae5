package dev.weft.ipam.ledger;

import java.util.List;

/**
 * What one commit writes.
 *
 * @param term under which it is written
 * @param number 1, 2, 3, … within the term
 * @param changes each with its message
 */
public record Batch(long term, long number, List<Entry> changes) {

    /** A change and the message that tells of it. */
    public record Entry(LedgerChange change, OutboxMessage message) {}

    /** The position of the last message. */
    public long position() {
        return changes.getLast().message().position();
    }
}
