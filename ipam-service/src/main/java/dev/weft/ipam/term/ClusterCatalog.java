package dev.weft.ipam.term;

import dev.weft.ipam.IpamConfig;
import dev.weft.ipam.book.Catalog;
import dev.weft.ipam.feed.Views;
import dev.weft.kube.IpPoolCatalog;
import dev.weft.kube.Names;
import dev.weft.kube.NodeView;
import dev.weft.kube.SubnetCatalog;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.Vpc;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the catalog of subnets, pools and bindings out of the feeds. */
final class ClusterCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterCatalog.class);

    private ClusterCatalog() {}

    static Catalog of(Views views, IpamConfig config) {
        var subnets = List.copyOf(views.subnets().values());
        var vpcs = new HashSet<>(views.vpcs().asMap().keySet());
        vpcs.add(Names.DEFAULT_VPC);
        var networks = new LinkedHashMap<Cidr, String>();
        DualStack.parseCidrs(config.serviceCidr()).stream()
                .forEach(cidr -> networks.put(cidr, "the addresses of Services"));
        var taken = new SubnetCatalog.Taken(vpcs, nodeAddresses(views), networks);
        return new Catalog(
                SubnetCatalog.resolve(subnets, taken),
                subnets.stream()
                        .filter(subnet -> subnet.getMetadata().getDeletionTimestamp() != null)
                        .map(ClusterCatalog::name)
                        .collect(Collectors.toSet()),
                IpPoolCatalog.resolve(
                        views.pools().values().stream()
                                .filter(pool -> pool.getMetadata().getDeletionTimestamp() == null)
                                .toList()),
                vpcDefaults(views),
                config.ipam().restrictBoundSubnets());
    }

    private static String name(Subnet subnet) {
        return subnet.getMetadata().getName();
    }

    /** Namespace → default subnet of the VPC that names it; of two VPCs the first by name. */
    private static Map<String, String> vpcDefaults(Views views) {
        var defaults = new HashMap<String, String>();
        var sorted = new TreeMap<String, Vpc>(views.vpcs().asMap());
        for (var vpc : sorted.values()) {
            var subnet = vpc.getSpec().defaultSubnet();
            if (subnet != null && !subnet.isBlank()) {
                vpc.getSpec().namespaces().forEach(ns -> defaults.putIfAbsent(ns, subnet));
            }
        }
        return defaults;
    }

    /** Addresses that no subnet of the default VPC may have, each with what it is. */
    private static Map<IpAddress, String> nodeAddresses(Views views) {
        var addresses = new TreeMap<IpAddress, String>();
        for (NodeView node : views.nodes().values()) {
            for (var text : node.internalAddresses()) {
                try {
                    addresses.put(IpAddress.parse(text), "the address of node " + node.name());
                } catch (IllegalArgumentException e) {
                    LOG.debug("node {}: {}", node.name(), e.getMessage());
                }
            }
        }
        return addresses;
    }
}
