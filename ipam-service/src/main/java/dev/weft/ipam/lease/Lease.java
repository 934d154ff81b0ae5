package dev.weft.ipam.lease;

import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Addresses held by an owner's port.
 *
 * @param id of this lease in the ledger and its history
 * @param port the logical port's name
 * @param nodeName the node that the owner is on, null while a pod is not scheduled
 * @param portSecurity whether the port may use its own addresses only
 * @param since when it was granted
 */
public record Lease(
        UUID id,
        String port,
        LeaseOwner owner,
        @Nullable String nodeName,
        String vpc,
        String subnet,
        DualStack<IpAddress> addresses,
        MacAddress mac,
        boolean portSecurity,
        Instant since) {

    /** The same lease on another node or with other port security. */
    public Lease amended(@Nullable String otherNode, boolean otherSecurity) {
        return new Lease(
                id, port, owner, otherNode, vpc, subnet, addresses, mac, otherSecurity, since);
    }
}
