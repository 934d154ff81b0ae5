package dev.weft.node.pod;

import dev.weft.net.Cidr;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.NetNs;
import java.util.List;

/**
 * A pod's interface as it should be in the kernel: a veth, one end on the host, the other in the
 * pod.
 *
 * @param hostName of the host's end
 * @param podName of the pod's end, such as {@code eth0}
 * @param podNs namespace of the pod
 * @param mac of the pod's end
 * @param mtu of both ends, in bytes
 * @param addresses of the pod's end, of each family at most one
 * @param routes through the pod's end, the default routes among them
 * @param checksumsInPod whether the pod's kernel must compute checksums: the userspace datapath
 *     passes on what it gets
 */
public record PodLink(
        String hostName,
        String podName,
        NetNs podNs,
        MacAddress mac,
        int mtu,
        List<InterfaceAddress> addresses,
        List<PodRoute> routes,
        boolean checksumsInPod) {
    public PodLink {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /**
     * A route of the pod.
     *
     * @param onLink the gateway is on the link although no subnet of the pod's contains it
     */
    public record PodRoute(Cidr destination, IpAddress gateway, boolean onLink) {
        @Override
        public String toString() {
            return destination + " via " + gateway;
        }
    }

    /** Whether the pod has an address of this family. */
    public boolean has(Family family) {
        return addresses.stream().anyMatch(address -> address.family() == family);
    }
}
