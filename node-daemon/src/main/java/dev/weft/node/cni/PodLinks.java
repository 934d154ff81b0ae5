package dev.weft.node.cni;

import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.cni.CniInterface;
import dev.weft.cni.CniIp;
import dev.weft.cni.CniRequest;
import dev.weft.cni.CniResult;
import dev.weft.cni.CniRoute;
import dev.weft.kube.Allocation;
import dev.weft.kube.PodRequest;
import dev.weft.net.Cidr;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.NetNs;
import dev.weft.node.ovs.Attachment;
import dev.weft.node.pod.PodLink;
import dev.weft.node.pod.PodLink.PodRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what IPAM leased into a pod's interface, that into a CNI result, and a CNI result back.
 * Pure.
 */
final class PodLinks {
    private PodLinks() {}

    /**
     * The interface that ADD makes: addresses of the lease, a default route of each family through
     * its gateway, and the pod's own routes.
     */
    static PodLink of(Attachment attachment, Leases.Lease lease, int mtu, boolean checksumsInPod) {
        Allocation allocation = lease.allocation();
        var addresses = new ArrayList<InterfaceAddress>();
        var routes = new ArrayList<PodRoute>();
        for (Family family : Family.values()) {
            var address = allocation.addresses().get(family);
            var cidr = allocation.cidrs().get(family);
            if (address.isEmpty() || cidr.isEmpty()) {
                continue;
            }
            addresses.add(InterfaceAddress.in(cidr.get(), address.get()));
            allocation
                    .gateways()
                    .get(family)
                    .ifPresent(
                            gateway ->
                                    routes.add(
                                            new PodRoute(
                                                    everything(family),
                                                    gateway,
                                                    !cidr.get().contains(gateway))));
        }
        for (PodRequest.Route route : lease.routes()) {
            allocation
                    .cidrs()
                    .get(route.gateway().family())
                    .ifPresent(
                            cidr ->
                                    routes.add(
                                            new PodRoute(
                                                    route.destination(),
                                                    route.gateway(),
                                                    !cidr.contains(route.gateway()))));
        }
        return new PodLink(
                attachment.hostLink(),
                attachment.ifName(),
                NetNs.at(Path.of(attachment.netns())),
                allocation.mac(),
                mtu,
                addresses,
                routes,
                checksumsInPod);
    }

    /** What ADD answers: the host's end, the pod's end, and what the pod's end has. */
    static CniResult result(PodLink link, String hostMac, CniRequest request) {
        var host = CniInterface.of(link.hostName(), hostMac, null, link.mtu());
        var pod =
                CniInterface.of(link.podName(), link.mac().toString(), request.netns(), link.mtu());
        List<CniIp> ips =
                link.addresses().stream()
                        .map(
                                address ->
                                        new CniIp(
                                                address.toString(),
                                                gateway(link, address.family()),
                                                1L))
                        .toList();
        List<CniRoute> routes =
                link.routes().stream()
                        .map(
                                route ->
                                        CniRoute.of(
                                                route.destination().toString(),
                                                route.gateway().toString()))
                        .toList();
        return new CniResult(List.of(host, pod), ips, routes, request.config().dns());
    }

    /**
     * The interface that {@code prevResult} tells of, for CHECK.
     *
     * @param mtuIfUnsaid results before 1.1.0 do not tell the MTU
     * @throws CniException when it tells of no interface of ours
     */
    static PodLink from(
            CniRequest request, Attachment attachment, int mtuIfUnsaid, boolean checksumsInPod) {
        CniResult result = request.config().prevResult();
        String sandbox = request.netns();
        if (result == null || sandbox == null) {
            throw failed("prevResult and CNI_NETNS are needed");
        }
        for (int i = 0; i < result.interfaces().size(); i++) {
            CniInterface candidate = result.interfaces().get(i);
            if (candidate.name().equals(attachment.ifName())
                    && sandbox.equals(candidate.sandbox())) {
                return from(
                        result,
                        i,
                        candidate,
                        attachment,
                        NetNs.at(Path.of(sandbox)),
                        mtuIfUnsaid,
                        checksumsInPod);
            }
        }
        throw failed("prevResult has no interface " + attachment.ifName() + " in " + sandbox);
    }

    private static PodLink from(
            CniResult result,
            int place,
            CniInterface pod,
            Attachment attachment,
            NetNs ns,
            int mtu,
            boolean checksums) {
        try {
            List<CniIp> ours =
                    result.ips().stream()
                            .filter(
                                    ip ->
                                            ip.interfaceIndex() != null
                                                    && ip.interfaceIndex() == place)
                            .toList();
            List<InterfaceAddress> addresses = ours.stream().map(PodLinks::address).toList();
            // A chain's other plugins may have put their routes into the result: only those through
            // our gateways are ours.
            List<PodRoute> routes =
                    result.routes().stream()
                            .filter(
                                    route ->
                                            ours.stream()
                                                    .anyMatch(
                                                            ip ->
                                                                    route.gw() != null
                                                                            && route.gw()
                                                                                    .equals(
                                                                                            ip
                                                                                                    .gateway())))
                            .map(
                                    route ->
                                            new PodRoute(
                                                    Cidr.parse(route.dst()),
                                                    IpAddress.parse(String.valueOf(route.gw())),
                                                    false))
                            .toList();
            if (pod.mac() == null) {
                throw failed("prevResult has no mac of " + pod.name());
            }
            Long said = pod.mtu();
            return new PodLink(
                    attachment.hostLink(),
                    attachment.ifName(),
                    ns,
                    MacAddress.parse(pod.mac()),
                    said == null ? mtu : said.intValue(),
                    addresses,
                    routes,
                    checksums);
        } catch (IllegalArgumentException e) {
            throw failed("prevResult cannot be read: " + e.getMessage());
        }
    }

    private static InterfaceAddress address(CniIp ip) {
        Cidr cidr = Cidr.parse(ip.address());
        return InterfaceAddress.in(
                cidr, IpAddress.parse(ip.address().substring(0, ip.address().indexOf('/'))));
    }

    private static @Nullable String gateway(PodLink link, Family family) {
        return link.routes().stream()
                .filter(route -> route.destination().equals(everything(family)))
                .map(route -> route.gateway().toString())
                .findFirst()
                .orElse(null);
    }

    private static Cidr everything(Family family) {
        return Cidr.parse(family == Family.IPV4 ? "0.0.0.0/0" : "::/0");
    }

    private static CniException failed(String why) {
        return new CniException(CniErrorCode.CHECK_FAILED, "attachment is not as ADD made it", why);
    }
}
