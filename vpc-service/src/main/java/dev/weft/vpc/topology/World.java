package dev.weft.vpc.topology;

import dev.weft.bus.LeaseView;
import dev.weft.kube.Names;
import dev.weft.kube.NodeView;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that the deciding looks at. The maps may be live views of feeds: a plan reads each key once.
 *
 * @param vpcs by name
 * @param subnets by name, defaults filled in and conflicts settled
 * @param leases by port name
 * @param nodes by name
 * @param portSecurity whether ports drop what is sent from addresses that are not theirs
 */
public record World(
        Map<String, VpcView> vpcs,
        Map<String, SubnetResolution> subnets,
        Map<String, LeaseView> leases,
        Map<String, NodeView> nodes,
        boolean portSecurity) {

    /** Whether there is such a VPC; there always is the default one. */
    public boolean hasVpc(String name) {
        return name.equals(Names.DEFAULT_VPC) || vpcs.containsKey(name);
    }

    /** The subnets that the VPC's router serves, by name. */
    public List<String> subnetsOf(String vpc) {
        return subnets.values().stream()
                .flatMap(
                        resolution ->
                                resolution instanceof SubnetResolution.Valid(var subnet)
                                        ? Stream.of(subnet)
                                        : Stream.empty())
                .filter(subnet -> subnet.isOvn() && subnet.vpc().equals(vpc))
                .map(ResolvedSubnet::name)
                .sorted()
                .toList();
    }

    /** The same with other subnets: what would be if. */
    public World withSubnets(Map<String, SubnetResolution> others) {
        return new World(vpcs, others, leases, nodes, portSecurity);
    }

    /** The same with one more VPC, or another one of this name: what would be if. */
    public World with(VpcView vpc) {
        var all = new HashMap<>(vpcs);
        all.put(vpc.name(), vpc);
        return new World(Map.copyOf(all), subnets, leases, nodes, portSecurity);
    }
}
