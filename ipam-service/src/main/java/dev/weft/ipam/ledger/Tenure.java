package dev.weft.ipam.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who held an address from when to when.
 *
 * @param id of the lease
 * @param ownerKind {@code Pod} or {@code Node}
 * @param began when it was leased
 * @param ended when it was released, null as long as it is held
 * @param endReason one of {@link dev.weft.ipam.lease.EndReason}, null as long as it is held
 */
public record Tenure(
        UUID id,
        String port,
        String ownerKind,
        @Nullable String namespace,
        String name,
        String ownerUid,
        @Nullable String nodeName,
        String vpc,
        String subnet,
        @Nullable String v4,
        @Nullable String v6,
        String mac,
        Instant began,
        @Nullable Instant ended,
        @Nullable String endReason) {}
