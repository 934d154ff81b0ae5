package dev.weft.ipam.lease;

/** Why a lease ended; kept in the history. */
public enum EndReason {
    /** The owner's object is gone. */
    OWNER_GONE,
    /** The pod's containers have all ended for good. */
    OWNER_FINISHED,
    /** Another object of the same name has taken the owner's place, with other addresses. */
    OWNER_REPLACED,
    /** The addresses went on to the next of the name, or wait for it. */
    HANDED_OVER,
    /** What kept the addresses is gone: a set that was scaled in, a machine, a reservation. */
    KEEPER_GONE,
    /** The owner has no such interface any more. */
    INTERFACE_GONE,
    /** The pod uses its node's network. */
    HOST_NETWORK,
    /** A pod has taken the Vip's address as its own. */
    TAKEN_BY_POD,
    /** An audit found that nobody has it. */
    REPAIRED
}
