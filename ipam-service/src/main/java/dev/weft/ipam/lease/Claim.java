package dev.weft.ipam.lease;

import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** What an object, as it is now, may claim. */
public sealed interface Claim {

    /** Nothing: it is gone, finished, or not on this network. */
    record None(EndReason why) implements Claim {}

    /** A lease, but what is asked for cannot be understood. */
    record Unclear(LeaseOwner owner, String message) implements Claim {}

    /**
     * A lease.
     *
     * @param ending it is being deleted: it keeps what it has, but gets nothing new
     * @param subnet the subnet asked for by name, null for the namespace's or the default one
     * @param only one family alone, null for all of the subnet
     * @param fixed addresses asked for
     * @param insists whether the fixed addresses are a condition; else others will do
     */
    record Wanted(
            LeaseOwner owner,
            @Nullable String nodeName,
            boolean ending,
            @Nullable String subnet,
            @Nullable Family only,
            @Nullable DualStack<IpAddress> fixed,
            @Nullable MacAddress mac,
            boolean insists,
            boolean portSecurity)
            implements Claim {}
}
