package dev.weft.vpc.topology;

import dev.weft.kube.Names;
import dev.weft.ovn.Desired;
import dev.weft.ovn.Owner;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.nb.NbGlobal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole of the deciding: from an owner and what is known to the rows that it should have. */
public final class Topology {

    /** The mark of the peer, which its tools look for. */
    static final Map<String, String> VENDOR = Map.of("vendor", "kube-ovn");

    private Topology() {}

    /** What is to be done about the owner's rows. An owner that nothing is known of has none. */
    public static Plan planFor(Owner owner, World world) {
        if (owner.equals(Owners.FABRIC)) {
            return Plan.serve(fabric());
        }
        return switch (owner.kind()) {
            case Owners.VPC -> VpcPlan.of(owner.name(), world);
            case Owners.SUBNET -> SubnetPlan.of(owner.name(), world);
            case Owners.POD, Owners.NODE, Owners.PORT, Owners.VIP -> PortPlan.of(owner, world);
            default -> Plan.nothing(owner);
        };
    }

    /** Every owner that something is known of. */
    public static Stream<Owner> owners(World world) {
        return Stream.of(
                        Stream.of(Owners.FABRIC),
                        Stream.of(Owners.vpc(Names.DEFAULT_VPC)),
                        world.vpcs().keySet().stream().map(Owners::vpc),
                        world.subnets().keySet().stream().map(Owners::subnet),
                        world.leases().values().stream().map(Owners::of))
                .flatMap(owners -> owners)
                .distinct();
    }

    /**
     * Connections that conntrack finds invalid are not matched on: hardware cannot, and packets of
     * a connection whose state moved to another node would be lost.
     */
    private static Desired fabric() {
        return new Desired(
                Owners.FABRIC,
                List.of(
                        RowSpec.shared(RowRef.singleton(NbGlobal.TABLE))
                                .withEntries(
                                        NbGlobal.OPTIONS, Map.of("use_ct_inv_match", "false"))));
    }
}
