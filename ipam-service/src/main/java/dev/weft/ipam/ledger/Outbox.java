package dev.weft.ipam.ledger;

import java.util.List;

/**
 * The messages that are written and that the broker has not taken yet. Blocking, one attempt a
 * call.
 */
public interface Outbox {

    /** The messages after a position, at most so many, in order. */
    List<OutboxMessage> outbox(long after, int most);

    /** Forgets the messages up to a position: the broker has them. */
    void trimOutbox(long upTo);
}
