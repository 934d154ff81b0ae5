package dev.weft.ipam.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A message of the feed {@code ipam.lease} as the ledger keeps it.
 *
 * @param position in the feed
 * @param key the port's name
 * @param object the lease as JSON, null when it ended
 */
public record OutboxMessage(long position, String key, @Nullable String object) {}
