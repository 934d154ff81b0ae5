package dev.weft.bus;

import java.util.UUID;

/**
 * The first line of a snapshot: what follows is the feed's contents exactly after the message of
 * this position.
 *
 * @param feed the feed's name
 * @param epoch the producer's epoch
 * @param position the last position contained
 */
public record SnapshotHeader(String feed, UUID epoch, long position) {}
