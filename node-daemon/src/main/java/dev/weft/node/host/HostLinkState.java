package dev.weft.node.host;

import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.Route;
import java.util.List;

/**
 * What the kernel has of ovn0.
 *
 * @param addresses without link-local ones
 * @param routes through ovn0, whoever made them
 */
public record HostLinkState(Link link, List<InterfaceAddress> addresses, List<Route> routes) {
    public HostLinkState {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }
}
