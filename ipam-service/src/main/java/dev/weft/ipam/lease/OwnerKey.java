package dev.weft.ipam.lease;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.kube.Names;

/**
 * The name of something that may hold a lease; the key of queues.
 *
 * @param key {@code namespace/name} of a pod, the name of a node
 */
public record OwnerKey(Kind kind, String key) {

    public static OwnerKey pod(String namespaceAndName) {
        return new OwnerKey(Kind.POD, namespaceAndName);
    }

    public static OwnerKey node(String name) {
        return new OwnerKey(Kind.NODE, name);
    }

    /** The name of its logical port. */
    public String port() {
        if (kind == Kind.NODE) {
            return Names.nodePortName(key);
        }
        int slash = key.indexOf('/');
        return Names.portName(key.substring(0, slash), key.substring(slash + 1));
    }

    @Override
    public String toString() {
        return kind.word() + " " + key;
    }
}
