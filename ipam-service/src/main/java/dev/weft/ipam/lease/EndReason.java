package dev.weft.ipam.lease;

/** Why a lease ended; kept in the history. */
public enum EndReason {
    /** The owner's object is gone. */
    OWNER_GONE,
    /** The pod's containers have all ended for good. */
    OWNER_FINISHED,
    /** Another object of the same name has taken the owner's place. */
    OWNER_REPLACED,
    /** The pod uses its node's network. */
    HOST_NETWORK
}
