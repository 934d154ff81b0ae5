package dev.weft.node.host;

import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.NetNs;
import dev.weft.netlink.NetlinkException;
import dev.weft.netlink.Rtnetlink;
import dev.weft.netlink.Sysctl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads and changes ovn0 in the kernel. */
final class HostKernel implements AutoCloseable {
    private final NetNs ns;
    private final Rtnetlink rtnetlink;

    HostKernel(NetNs ns) {
        this.ns = ns;
        this.rtnetlink = Rtnetlink.open(ns);
    }

    /** What is there; empty until ovs-vswitchd has made the device. */
    Optional<HostLinkState> read(String name) {
        Optional<Link> found = rtnetlink.links().find(name);
        return found.map(
                link ->
                        new HostLinkState(
                                link,
                                rtnetlink.addresses().list(link.index()).stream()
                                        .filter(a -> !a.isLinkLocal())
                                        .toList(),
                                Stream.of(Family.values())
                                        .flatMap(family -> rtnetlink.routes().list(family).stream())
                                        .filter(route -> route.link() == link.index())
                                        .toList()));
    }

    /** The link that has this address. */
    Optional<Link> linkOf(IpAddress address) {
        OptionalInt index = rtnetlink.addresses().find(address);
        return index.isPresent() ? rtnetlink.links().find(index.getAsInt()) : Optional.empty();
    }

    void apply(Link link, List<HostPlan.Step> steps) {
        for (HostPlan.Step step : steps) {
            switch (step) {
                case HostPlan.Step.Up() -> rtnetlink.links().setUp(link.index());
                case HostPlan.Step.AddAddress(var address) ->
                        rtnetlink.addresses().add(link.index(), address);
                case HostPlan.Step.DeleteAddress(var address) ->
                        ignoreGone(() -> rtnetlink.addresses().delete(link.index(), address));
                case HostPlan.Step.SetRoute(var route) -> rtnetlink.routes().replace(route);
                case HostPlan.Step.DeleteRoute(var route) ->
                        ignoreGone(() -> rtnetlink.routes().delete(route));
            }
        }
    }

    /**
     * Addresses are given, so nothing is learned or probed for; replies may come in another way
     * than packets go out.
     */
    void settings(String name, boolean ipv6) {
        Map<String, String> wanted = new HashMap<>();
        wanted.put("ipv4/conf/" + name + "/rp_filter", "0");
        if (ipv6) {
            wanted.put("ipv6/conf/" + name + "/disable_ipv6", "0");
            wanted.put("ipv6/conf/" + name + "/accept_ra", "0");
            wanted.put("ipv6/conf/" + name + "/accept_dad", "0");
        }
        Sysctl.apply(ns, wanted);
    }

    private static void ignoreGone(Runnable action) {
        try {
            action.run();
        } catch (NetlinkException.NotFound _) {
            return; // the kernel was faster: deleting an address deletes routes with that source
        }
    }

    @Override
    public void close() {
        rtnetlink.close();
    }
}
