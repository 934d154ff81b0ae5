package dev.weft.node.pod;

import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel has of a pod's interface.
 *
 * @param host the host's end; null where there is none of that name
 * @param pod the interface of the pod's name for it; null where there is none
 * @param addresses of the pod's end, without link-local ones
 * @param routes through the pod's end
 * @param checksumOffload whether the pod's end leaves checksums to others
 */
public record PodLinkState(
        @Nullable Link host,
        @Nullable Link pod,
        List<InterfaceAddress> addresses,
        List<Route> routes,
        boolean checksumOffload) {
    /** Neither end is there. */
    public static final PodLinkState NOTHING =
            new PodLinkState(null, null, List.of(), List.of(), true);

    public PodLinkState {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** Whether the two are the ends of one veth. */
    boolean isPair() {
        return host != null
                && pod != null
                && host.kind().equals("veth")
                && pod.kind().equals("veth")
                && host.peerIndex() == pod.index()
                && pod.peerIndex() == host.index();
    }
}
