package dev.weft.ipam.ledger;

import java.util.UUID;

/**
 * The right to write, and where the numbering stands.
 *
 * @param number of the term; a commit under a lower one than the ledger's is refused
 * @param epoch of the feed's positions
 * @param position of the last message written
 */
public record Term(long number, UUID epoch, long position) {}
