package dev.weft.ipam.lease;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.kube.Names;

/**
 * The name of something that may hold leases; the key of queues.
 *
 * @param key {@code namespace/name} of a pod or of a virtual machine's pods, the name of a node or
 *     of a Vip
 */
public record OwnerKey(Kind kind, String key) {

    public static OwnerKey pod(String namespaceAndName) {
        return new OwnerKey(Kind.POD, namespaceAndName);
    }

    public static OwnerKey node(String name) {
        return new OwnerKey(Kind.NODE, name);
    }

    public static OwnerKey vip(String name) {
        return new OwnerKey(Kind.VIP, name);
    }

    /** The name of its primary logical port. */
    public String port() {
        return port(Names.PRIMARY_PROVIDER);
    }

    /** The name of its logical port in a provider's network. */
    public String port(String provider) {
        return switch (kind) {
            case NODE -> Names.nodePortName(key);
            case VIP -> key;
            case POD -> Names.portName(namespace(), name(), provider);
        };
    }

    /** The namespace; empty where there is none. */
    public String namespace() {
        int slash = key.indexOf('/');
        return slash < 0 ? "" : key.substring(0, slash);
    }

    /** The name within the namespace. */
    public String name() {
        return key.substring(key.indexOf('/') + 1);
    }

    @Override
    public String toString() {
        return kind.word() + " " + key;
    }
}
