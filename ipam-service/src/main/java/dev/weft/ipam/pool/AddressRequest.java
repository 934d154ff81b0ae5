package dev.weft.ipam.pool;

import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a port asks of a subnet.
 *
 * @param port the port's name; what it holds already counts as free for it
 * @param pool the named pool of the subnet to take from; null for the addresses that are in none
 * @param only allocate this family alone; null for every family of the subnet or pool
 * @param fixed addresses that must be had, at most one a family; a family without one gets any
 * @param mac the MAC that must be had; null for any
 * @param seed from what a MAC is derived when none is asked for: another seed, another MAC
 */
public record AddressRequest(
        String port,
        @Nullable String pool,
        @Nullable Family only,
        @Nullable DualStack<IpAddress> fixed,
        @Nullable MacAddress mac,
        String seed) {

    /** Any address of every family of the subnet. */
    public static AddressRequest any(String port, String seed) {
        return new AddressRequest(port, null, null, null, null, seed);
    }

    /** The same with this in place of the addresses asked for. */
    public AddressRequest withFixed(@Nullable DualStack<IpAddress> addresses) {
        return new AddressRequest(port, pool, only, addresses, mac, seed);
    }

    /** The address asked for in a family, or null. */
    @Nullable IpAddress fixed(Family family) {
        return fixed == null ? null : fixed.get(family).orElse(null);
    }
}
