package dev.weft.ipam.lease;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.kube.Allocation;
import dev.weft.kube.Annotations;
import dev.weft.kube.Names;
import dev.weft.kube.NodeView;
import dev.weft.kube.Parsed;
import dev.weft.kube.PodRequest;
import dev.weft.kube.PodView;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import org.jspecify.annotations.Nullable;

/** What pods and nodes claim, read from what the feeds say of them. */
public final class Claims {

    private Claims() {}

    /**
     * The claim of a pod.
     *
     * @param pod null when there is none
     * @param securedByDefault whether a pod that does not say is bound to its own addresses
     */
    public static Claim of(@Nullable PodView pod, boolean securedByDefault) {
        if (pod == null) {
            return new Claim.None(EndReason.OWNER_GONE);
        }
        if (pod.hostNetwork()) {
            return new Claim.None(EndReason.HOST_NETWORK);
        }
        if (pod.isFinished()) {
            return new Claim.None(EndReason.OWNER_FINISHED);
        }
        var owner = new LeaseOwner(Kind.POD, pod.namespace(), pod.name(), pod.uid());
        return switch (PodRequest.parse(pod.annotations())) {
            case Parsed.Refused<PodRequest> refused -> new Claim.Unclear(owner, refused.message());
            case Parsed.Valid<PodRequest>(var request) -> of(pod, owner, request, securedByDefault);
        };
    }

    private static Claim of(
            PodView pod, LeaseOwner owner, PodRequest request, boolean securedByDefault) {
        if (request.pool() != null || request.vip() != null) {
            var key = request.pool() != null ? Annotations.IP_POOL : Annotations.VIP;
            return new Claim.Unclear(
                    owner,
                    "annotation %s is not served yet; ask for an address by %s instead"
                            .formatted(
                                    Annotations.of(key), Annotations.of(Annotations.IP_ADDRESS)));
        }
        return new Claim.Wanted(
                owner,
                pod.nodeName(),
                pod.deleting(),
                request.subnet(),
                request.family(),
                request.addresses(),
                request.mac(),
                true,
                request.portSecurity() == null ? securedByDefault : request.portSecurity());
    }

    /**
     * The claim of a node. What its annotations say it had is preferred, so that the ledger can be
     * rebuilt from them.
     *
     * @param node null when there is none
     */
    public static Claim of(@Nullable NodeView node) {
        if (node == null) {
            return new Claim.None(EndReason.OWNER_GONE);
        }
        DualStack<IpAddress> addresses = null;
        MacAddress mac = null;
        var had = Allocation.parse(node.annotations(), Names.PRIMARY_PROVIDER).orElse(null);
        if (had instanceof Parsed.Valid<Allocation>(var allocation)) {
            addresses = allocation.addresses();
            mac = allocation.mac();
        }
        return new Claim.Wanted(
                new LeaseOwner(Kind.NODE, null, node.name(), node.uid()),
                node.name(),
                false,
                null,
                null,
                addresses,
                mac,
                false,
                // a node sends from its other addresses, too
                false);
    }
}
