package dev.weft.ipam.lease;

/** What a port's owner, as it is now, may claim for it. */
public sealed interface Claim {

    /** Nothing: it is gone, finished, or not on this network. */
    record None(EndReason why) implements Claim {}

    /** A lease, but what is asked for cannot be understood. */
    record Unclear(LeaseOwner owner, String message) implements Claim {}

    /** That what the port holds stays as it is. */
    record Held() implements Claim {}

    /** Nobody lives, but what is held waits for the next of the name. */
    record Kept(LeaseOwner absent, Keeper keeper) implements Claim {}

    /**
     * A lease.
     *
     * @param owner absent when an address is to be kept for a pod that never was
     * @param provider of the port, see {@link PortKey}
     * @param network the provider whose subnets the addresses come from
     * @param usage how the lease will be used
     * @param ending it is being deleted: it keeps what it has, but gets nothing new
     */
    record Wanted(
            LeaseOwner owner,
            String provider,
            String network,
            Lease.Usage usage,
            boolean ending,
            Wish wish)
            implements Claim {}
}
