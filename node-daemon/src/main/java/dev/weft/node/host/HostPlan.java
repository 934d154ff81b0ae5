package dev.weft.node.host;

import dev.weft.kube.Allocation;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.net.Cidr;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What ovn0 should be, and the steps to get there. Pure. */
public final class HostPlan {
    /**
     * {@code RTPROT} of our routes in the main table; no registered one. Routes of others are never
     * touched.
     */
    public static final int PROTOCOL = 87;

    private HostPlan() {}

    /** One change in the kernel. */
    public sealed interface Step {
        record Up() implements Step {}

        record AddAddress(InterfaceAddress address) implements Step {}

        record DeleteAddress(InterfaceAddress address) implements Step {}

        record SetRoute(Route route) implements Step {}

        record DeleteRoute(Route route) implements Step {}
    }

    /**
     * The node's leg by its lease, with routes to all overlay subnets of the default VPC but the
     * one that it is in itself.
     */
    public static HostLink wanted(Allocation node, Collection<ResolvedSubnet> subnets) {
        var addresses = new ArrayList<InterfaceAddress>();
        var routes = new HashSet<HostLink.HostRoute>();
        for (Family family : Family.values()) {
            var address = node.addresses().get(family);
            var cidr = node.cidrs().get(family);
            if (address.isEmpty() || cidr.isEmpty()) {
                continue;
            }
            addresses.add(InterfaceAddress.in(cidr.get(), address.get()));
            node.gateways()
                    .get(family)
                    .ifPresent(
                            gateway ->
                                    routes.addAll(
                                            routes(
                                                    family,
                                                    gateway,
                                                    address.get(),
                                                    node.subnet(),
                                                    subnets)));
        }
        return new HostLink(addresses, routes);
    }

    private static List<HostLink.HostRoute> routes(
            Family family,
            IpAddress gateway,
            IpAddress source,
            String own,
            Collection<ResolvedSubnet> subnets) {
        return subnets.stream()
                .filter(
                        subnet ->
                                subnet.isOverlay()
                                        && subnet.isInDefaultVpc()
                                        && !subnet.name().equals(own))
                .flatMap(subnet -> subnet.cidrs().get(family).stream())
                .map(cidr -> new HostLink.HostRoute(cidr, gateway, source))
                .toList();
    }

    /**
     * The steps from what is to what should be; new things before old ones go, so that no packet is
     * lost between.
     */
    public static List<Step> plan(HostLink wanted, HostLinkState is) {
        var steps = new ArrayList<Step>();
        for (InterfaceAddress address : wanted.addresses()) {
            if (!is.addresses().contains(address)) {
                steps.add(new Step.AddAddress(address));
            }
        }
        if (!is.link().up()) {
            steps.add(new Step.Up());
        }
        Set<Cidr> destinations = new HashSet<>();
        for (HostLink.HostRoute way : wanted.routes()) {
            Route route =
                    Route.to(way.destination(), is.link().index())
                            .via(way.gateway())
                            .from(way.source())
                            .madeBy(PROTOCOL);
            destinations.add(way.destination());
            // a link that was down has lost its routes
            if (!is.link().up() || !is.routes().contains(route)) {
                steps.add(new Step.SetRoute(route));
            }
        }
        for (Route route : is.routes()) {
            if (route.protocol() == PROTOCOL && !destinations.contains(route.destination())) {
                steps.add(new Step.DeleteRoute(route));
            }
        }
        for (InterfaceAddress address : is.addresses()) {
            if (!wanted.addresses().contains(address)) {
                steps.add(new Step.DeleteAddress(address));
            }
        }
        return List.copyOf(steps);
    }
}
