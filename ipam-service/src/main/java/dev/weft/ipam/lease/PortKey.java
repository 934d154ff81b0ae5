package dev.weft.ipam.lease;

import dev.weft.kube.Names;

/**
 * One interface of an owner, whether it holds anything or not.
 *
 * @param provider {@code ovn} for the primary one; else the provider of the network, with the
 *     interface's name behind it where a network is attached several times
 */
public record PortKey(OwnerKey owner, String provider) {

    /** The primary interface. */
    public static PortKey primary(OwnerKey owner) {
        return new PortKey(owner, Names.PRIMARY_PROVIDER);
    }

    /** The name of the logical port and of the {@code IP} object. */
    public String port() {
        return owner.port(provider);
    }

    @Override
    public String toString() {
        return port();
    }
}
