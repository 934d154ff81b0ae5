package dev.weft.ipam.book;

import dev.weft.kube.IpPoolCatalog;
import dev.weft.kube.SubnetResolution;
import java.util.Map;
import java.util.Set;

/**
 * What the cluster's subnets and IPPools are now, and what is bound to namespaces.
 *
 * @param subnets what became of each subnet's spec, by name
 * @param deleting names of subnets that hand out nothing more
 * @param pools what became of each IPPool's spec, by name
 * @param vpcDefaults namespace → default subnet of the VPC that it is of
 * @param restricted whether only the namespaces that a subnet is bound to may choose it
 */
public record Catalog(
        Map<String, SubnetResolution> subnets,
        Set<String> deleting,
        Map<String, IpPoolCatalog.Resolution> pools,
        Map<String, String> vpcDefaults,
        boolean restricted) {

    /** Subnets alone. */
    public static Catalog of(Map<String, SubnetResolution> subnets) {
        return new Catalog(subnets, Set.of(), Map.of(), Map.of(), false);
    }
}
