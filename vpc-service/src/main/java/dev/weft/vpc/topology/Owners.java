package dev.weft.vpc.topology;

import dev.weft.bus.LeaseView;
import dev.weft.kube.Names;
import dev.weft.ovn.Owner;

/**
 * Who owns the rows of this service: {@code vpc/Vpc/<name>}, {@code vpc/Subnet/<name>}, {@code
 * vpc/Pod/<namespace>/<name>[/<provider>]}, {@code vpc/Node/<name>}, {@code vpc/Fabric/northbound}.
 * An owner of a port tells the port's name and the other way round, so either can be looked up by
 * the other.
 */
public final class Owners {

    /** The service's name in owners, queues and locks. */
    public static final String SERVICE = "vpc";

    public static final String VPC = "Vpc";
    public static final String SUBNET = "Subnet";
    public static final String POD = "Pod";
    public static final String NODE = "Node";
    public static final String VIP = "Vip";

    /** A port that is named neither like a pod's nor like a node's. */
    public static final String PORT = "Port";

    /** Settings of the database as a whole. */
    public static final Owner FABRIC = new Owner(SERVICE, "Fabric", "northbound");

    private Owners() {}

    public static Owner vpc(String name) {
        return new Owner(SERVICE, VPC, name);
    }

    public static Owner subnet(String name) {
        return new Owner(SERVICE, SUBNET, name);
    }

    public static Owner node(String name) {
        return new Owner(SERVICE, NODE, name);
    }

    /** Who owns the port of the lease. */
    public static Owner of(LeaseView lease) {
        var port = lease.portName();
        var namespace = lease.namespace();
        if (lease.ownerKind().equals(VIP)) {
            return new Owner(SERVICE, VIP, lease.name());
        }
        if (namespace == null) {
            return port.equals(Names.nodePortName(lease.name()))
                    ? node(lease.name())
                    : new Owner(SERVICE, PORT, port);
        }
        var primary = Names.portName(namespace, lease.name());
        if (port.equals(primary)) {
            return new Owner(SERVICE, POD, namespace + "/" + lease.name());
        }
        return port.startsWith(primary + ".")
                ? new Owner(
                        SERVICE,
                        POD,
                        "%s/%s/%s"
                                .formatted(
                                        namespace,
                                        lease.name(),
                                        port.substring(primary.length() + 1)))
                : new Owner(SERVICE, PORT, port);
    }

    /** The port of an owner that {@link #of(LeaseView)} made; of another owner just its name. */
    public static String portName(Owner owner) {
        return switch (owner.kind()) {
            case NODE -> Names.nodePortName(owner.name());
            case POD -> {
                var parts = owner.name().split("/", 3);
                yield switch (parts.length) {
                    case 2 -> Names.portName(parts[0], parts[1]);
                    case 3 -> Names.portName(parts[0], parts[1], parts[2]);
                    default -> owner.name();
                };
            }
            default -> owner.name();
        };
    }
}
