package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.OwnerKey;
import dev.weft.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which leases are asked for; what is null does not matter.
 *
 * @param after only ports that sort behind this one
 * @param limit at most so many
 */
public record LeaseQuery(
        String after,
        int limit,
        @Nullable String subnet,
        @Nullable OwnerKey owner,
        @Nullable IpAddress address) {}
