package dev.weft.node.host;

import dev.weft.net.Cidr;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.InterfaceAddress;
import java.util.List;
import java.util.Set;

/**
 * The node's leg on the fabric as it should be in the kernel.
 *
 * @param addresses of ovn0, of each family at most one
 * @param routes to the pods
 */
public record HostLink(List<InterfaceAddress> addresses, Set<HostRoute> routes) {
    public HostLink {
        addresses = List.copyOf(addresses);
        routes = Set.copyOf(routes);
    }

    /**
     * A way to a subnet: through the join subnet's gateway, with the node's own join address as
     * source, so that replies come back here.
     */
    public record HostRoute(Cidr destination, IpAddress gateway, IpAddress source) {
        @Override
        public String toString() {
            return destination + " via " + gateway + " src " + source;
        }
    }

    /** Whether there is an address of this family. */
    public boolean has(Family family) {
        return addresses.stream().anyMatch(address -> address.family() == family);
    }
}
