package dev.weft.ipam.pool;

import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;

/**
 * Addresses taken out of a pool for a port. Not yet a lease: either the ledger confirms it, or it
 * is {@linkplain AddressPool#undo undone}.
 *
 * @param subnet the pool's subnet
 * @param port the holder
 * @param addresses what was taken
 * @param mac the MAC that goes with them
 * @param origins where in the pool each address came from
 * @param macWasOwn whether the port held the MAC already
 */
public record Reservation(
        String subnet,
        String port,
        DualStack<IpAddress> addresses,
        MacAddress mac,
        DualStack<Origin> origins,
        boolean macWasOwn)
        implements PoolAnswer {

    /** Where an address was before it was reserved. */
    enum Origin {
        /** Never handed out before. */
        FRESH,
        /** Released and set aside. */
        SET_ASIDE,
        /** Not handed out unless asked for. */
        EXCLUDED,
        /** Held by the same port. */
        OWN
    }
}
