package dev.weft.ipam.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who held an address from when to when.
 *
 * @param id of the lease
 * @param ownerKind {@code Pod}, {@code Node} or {@code Vip}
 * @param ownerUid the life of the owner; empty while the address was kept and nobody used it
 * @param nodeName the node that the owner was on at last
 * @param serviceAccount the pod's
 * @param keptBy what kept the address for the name, such as {@code StatefulSet web}; null for
 *     nothing
 * @param provider of the port's network, {@code ovn} for the primary one
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
        @Nullable String serviceAccount,
        @Nullable String keptBy,
        String provider,
        String vpc,
        String subnet,
        @Nullable String v4,
        @Nullable String v6,
        String mac,
        Instant began,
        @Nullable Instant ended,
        @Nullable String endReason) {}
