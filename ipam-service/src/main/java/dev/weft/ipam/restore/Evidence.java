package dev.weft.ipam.restore;

import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.PortKey;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * That a port has addresses in fact, whatever the ledger says.
 *
 * @param strength how much it would hurt to take them away
 * @param source where it is said, for the report
 */
record Evidence(
        PortKey key,
        LeaseOwner owner,
        Lease.Usage usage,
        String vpc,
        String subnet,
        DualStack<IpAddress> addresses,
        MacAddress mac,
        Strength strength,
        String source) {

    /** The strongest first. */
    enum Strength {
        /** A pod runs with them: its status says so. */
        RUNNING,
        /** They were promised to a pod or node that lives. */
        PROMISED,
        /** They are kept for the next of a name. */
        KEPT
    }

    Lease lease(UUID id, Instant since) {
        return new Lease(
                id, key.port(), owner, key.provider(), usage, vpc, subnet, addresses, mac, since);
    }
}
