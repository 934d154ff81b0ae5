package dev.weft.ipam.kube;

import dev.weft.ipam.lease.Lease;
import dev.weft.kube.Allocation;
import dev.weft.kube.Annotations;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which annotations an owner lacks, given its lease. A pure function. */
final class AnnotationPatch {

    private AnnotationPatch() {}

    /** The annotations of the pod that are missing or read otherwise; none when all is said. */
    static Map<String, String> of(PodView pod, Lease lease, ResolvedSubnet subnet) {
        var wanted = allocation(lease, subnet);
        var provider = lease.provider();
        var nicType = Annotations.of(provider, Annotations.POD_NIC_TYPE);
        wanted.put(nicType, pod.annotations().getOrDefault(nicType, "veth-pair"));
        // no subnet of this version has routes of single pods, which would have to be there first
        wanted.put(Annotations.of(provider, Annotations.ROUTED), "true");
        if (!lease.owner().name().equals(pod.name())) {
            wanted.put(Annotations.of(provider, Annotations.VIRTUAL_MACHINE), lease.owner().name());
        }
        return difference(wanted, pod.annotations());
    }

    /** The annotations of the node that are missing or read otherwise; none when all is said. */
    static Map<String, String> of(NodeView node, Lease lease, ResolvedSubnet subnet) {
        var wanted = allocation(lease, subnet);
        wanted.put(Annotations.of(Annotations.PORT_NAME), lease.port());
        return difference(wanted, node.annotations());
    }

    private static Map<String, String> allocation(Lease lease, ResolvedSubnet subnet) {
        return new LinkedHashMap<>(
                new Allocation(
                                lease.addresses(),
                                lease.mac(),
                                ofLease(lease, subnet.cidrs()),
                                ofLease(lease, subnet.gateways()),
                                lease.subnet(),
                                lease.vpc())
                        .annotations(lease.provider()));
    }

    /** The members of the families that the lease has. */
    private static <T> DualStack<T> ofLease(Lease lease, DualStack<T> members) {
        var families = lease.addresses().families();
        return new DualStack<>(
                families.contains(Family.IPV4) ? members.v4() : null,
                families.contains(Family.IPV6) ? members.v6() : null);
    }

    private static Map<String, String> difference(
            Map<String, String> wanted, Map<String, String> present) {
        wanted.entrySet()
                .removeIf(
                        annotation ->
                                annotation.getValue().equals(present.get(annotation.getKey())));
        return wanted;
    }
}
