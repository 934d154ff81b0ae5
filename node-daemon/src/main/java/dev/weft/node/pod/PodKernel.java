package dev.weft.node.pod;

import dev.weft.net.Family;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.NetNs;
import dev.weft.netlink.NetlinkException;
import dev.weft.netlink.Route;
import dev.weft.netlink.Rtnetlink;
import dev.weft.netlink.Sysctl;
import dev.weft.netlink.VethSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and changes pods' interfaces in the kernel. */
public final class PodKernel implements AutoCloseable {
    /** The group of every host's end that we make ("weft"), whether or not it was ever plugged. */
    private static final int GROUP = 0x77656674;

    private final Rtnetlink host;

    /** On the node whose namespace this is. */
    public PodKernel(NetNs hostNs) {
        this.host = Rtnetlink.open(hostNs);
    }

    /**
     * What is there; an exception when the pod's namespace is gone.
     *
     * @throws NetlinkException.NotFound when the pod's namespace is gone
     */
    public PodLinkState read(PodLink link) {
        try (Rtnetlink pod = Rtnetlink.open(link.podNs())) {
            return read(link, pod);
        }
    }

    /** Makes it as it should be and says what that took; nothing when all was right. */
    public List<PodStep> ensure(PodLink link) {
        try (Rtnetlink pod = Rtnetlink.open(link.podNs())) {
            List<PodStep> steps = PodLinkPlan.plan(link, read(link, pod));
            for (PodStep step : steps) {
                apply(step, link, pod);
            }
            return steps;
        }
    }

    /** Deletes the host's end, and with it the pod's; says whether there was one. */
    public boolean delete(String hostName) {
        return host.links().delete(hostName);
    }

    /** Every host's end that a daemon of ours ever made. */
    public List<String> hostLinks() {
        return host.links().list().stream()
                .filter(link -> link.group() == GROUP)
                .map(Link::name)
                .toList();
    }

    /** The host's end, if it is there. */
    public Optional<Link> hostLink(String hostName) {
        return host.links().find(hostName);
    }

    private PodLinkState read(PodLink link, Rtnetlink pod) {
        Link near = host.links().find(link.hostName()).orElse(null);
        Link far = pod.links().find(link.podName()).orElse(null);
        if (near == null || far == null) {
            return new PodLinkState(near, far, List.of(), List.of(), true);
        }
        List<InterfaceAddress> addresses =
                pod.addresses().list(far.index()).stream()
                        .filter(address -> !address.isLinkLocal())
                        .toList();
        List<Route> routes =
                Stream.of(Family.values())
                        .flatMap(family -> pod.routes().list(family).stream())
                        .filter(route -> route.link() == far.index())
                        .toList();
        return new PodLinkState(
                near, far, addresses, routes, pod.links().hasTxChecksumOffload(link.podName()));
    }

    private void apply(PodStep step, PodLink link, Rtnetlink pod) {
        switch (step) {
            case PodStep.DeleteHost(var name) -> host.links().delete(name);
            case PodStep.Create _ -> create(link);
            case PodStep.HostMtu(var mtu) -> host.links().setMtu(hostIndex(link), mtu);
            case PodStep.HostUp() -> {
                int index = hostIndex(link);
                host.links().withoutLinkLocal(index);
                host.links().setUp(index);
            }
            case PodStep.PodMtu(var mtu) -> pod.links().setMtu(podIndex(link, pod), mtu);
            case PodStep.PodMac(var mac) -> pod.links().setMac(podIndex(link, pod), mac);
            case PodStep.ChecksumsInPod() -> pod.links().disableTxChecksumOffload(link.podName());
            case PodStep.AddAddress(var address) ->
                    pod.addresses().add(podIndex(link, pod), address);
            case PodStep.DeleteAddress(var address) ->
                    pod.addresses().delete(podIndex(link, pod), address);
            case PodStep.PodUp() -> pod.links().setUp(podIndex(link, pod));
            case PodStep.SetRoute(var route) -> {
                Route toGateway =
                        Route.to(route.destination(), podIndex(link, pod)).via(route.gateway());
                pod.routes().replace(route.onLink() ? toGateway.throughOnLinkGateway() : toGateway);
            }
        }
    }

    private void create(PodLink link) {
        host.links()
                .createVeth(
                        new VethSpec(
                                        link.hostName(),
                                        null,
                                        link.podName(),
                                        link.podNs(),
                                        link.mac(),
                                        link.mtu())
                                .inGroup(GROUP));
        if (link.has(Family.IPV6)) {
            // Runtimes may switch IPv6 off in new namespaces; addresses are given, so nothing is
            // learned or probed for.
            Map<String, String> settings = new LinkedHashMap<>();
            String prefix = "ipv6/conf/" + link.podName() + "/";
            settings.put(prefix + "disable_ipv6", "0");
            settings.put(prefix + "accept_ra", "0");
            settings.put(prefix + "accept_dad", "0");
            Sysctl.apply(link.podNs(), settings);
        }
    }

    private int hostIndex(PodLink link) {
        return host.links().get(link.hostName()).index();
    }

    private static int podIndex(PodLink link, Rtnetlink pod) {
        return pod.links().get(link.podName()).index();
    }

    @Override
    public void close() {
        host.close();
    }
}
