package dev.weft.ipam.lease;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.kube.Names;
import dev.weft.kube.PodView;
import dev.weft.kube.VmView;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of one name claim. Usually that is one pod; of a virtual machine that migrates
 * there are two, of which the one on the machine's node holds the addresses.
 */
final class PodClaims {

    private final OwnerKey owner;
    private final Facts facts;
    private final Map<String, Facts.Reserved> reserved;
    private final Keepers keepers;
    private final Map<PortKey, Claim> claims = new LinkedHashMap<>();

    private PodClaims(OwnerKey owner, Facts facts) {
        this.owner = owner;
        this.facts = facts;
        this.reserved = facts.reserved(owner);
        this.keepers = new Keepers(owner, facts, reserved);
    }

    static Map<PortKey, Claim> of(OwnerKey owner, Collection<Lease> held, Facts facts) {
        var pods = facts.pods(owner);
        var live = pods.stream().filter(pod -> !pod.hostNetwork() && !pod.isFinished()).toList();
        var claims = new PodClaims(owner, facts);
        if (live.isEmpty()) {
            claims.absent(held, whyNone(pods));
        } else {
            claims.present(active(live, facts), live, held);
        }
        return claims.claims;
    }

    /** The pod that holds the addresses, of several that live. */
    static PodView active(List<PodView> live, Facts facts) {
        if (live.size() == 1) {
            return live.getFirst();
        }
        var first = live.getFirst();
        var node =
                facts.machineInstance(first.namespace(), String.valueOf(first.ownerName()))
                        .map(VmView::nodeName)
                        .orElse(null);
        return live.stream()
                .min(
                        Comparator.comparing(PodView::deleting)
                                .thenComparing(pod -> node == null || !node.equals(pod.nodeName()))
                                .thenComparing(
                                        pod -> pod.annotations().containsKey(VmView.MIGRATION_JOB))
                                .thenComparing(PodView::name))
                .orElseThrow();
    }

    private static EndReason whyNone(List<PodView> pods) {
        if (pods.isEmpty()) {
            return EndReason.OWNER_GONE;
        }
        return pods.stream().anyMatch(PodView::hostNetwork)
                ? EndReason.HOST_NETWORK
                : EndReason.OWNER_FINISHED;
    }

    private void absent(Collection<Lease> held, EndReason why) {
        reserved.values().forEach(this::keepReserved);
        for (var lease : held) {
            var keeper = lease.keeper();
            if (keeper != null && keepers.isAlive(keeper)) {
                claims.putIfAbsent(lease.key(), new Claim.Kept(LeaseOwner.absent(owner), keeper));
            } else {
                claims.putIfAbsent(
                        lease.key(),
                        new Claim.None(
                                keeper == null || lease.owner().isPresent()
                                        ? why
                                        : EndReason.KEEPER_GONE));
            }
        }
    }

    private void present(PodView pod, List<PodView> live, Collection<Lease> held) {
        for (var request : PortRequests.of(pod, facts)) {
            var port = new PortKey(owner, request.provider());
            var who = new LeaseOwner(Kind.POD, pod.namespace(), owner.name(), pod.uid());
            claims.put(
                    port,
                    request.problem() != null
                            ? new Claim.Unclear(who, request.problem())
                            : wanted(pod, who, request));
        }
        reserved.values().stream()
                .filter(one -> !claims.containsKey(new PortKey(owner, one.provider())))
                .forEach(this::keepReserved);
        var uids = live.stream().map(PodView::uid).collect(Collectors.toSet());
        for (var lease : held) {
            claims.putIfAbsent(
                    lease.key(),
                    uids.contains(lease.owner().uid())
                            ? new Claim.Held()
                            : new Claim.None(EndReason.INTERFACE_GONE));
        }
    }

    private Claim wanted(PodView pod, LeaseOwner who, PortRequests.Request request) {
        var wish = request.wish();
        var mine = reserved.get(request.provider());
        if (mine != null && mine.problem() == null && wish.fixed() == null) {
            wish = with(mine, wish);
        }
        return new Claim.Wanted(
                who,
                request.provider(),
                request.network(),
                new Lease.Usage(
                        pod.nodeName(),
                        pod.serviceAccount(),
                        keepers.of(pod, request.provider()),
                        request.portSecurity()),
                pod.deleting(),
                wish);
    }

    /** What was reserved for the pod is what it asks for, where it does not say itself. */
    private static Wish with(Facts.Reserved mine, Wish wish) {
        return new Wish(
                wish.subnet() != null ? wish.subnet() : mine.subnet(),
                wish.pool(),
                wish.items(),
                wish.only(),
                mine.addresses(),
                wish.mac() != null ? wish.mac() : mine.mac(),
                true);
    }

    private void keepReserved(Facts.Reserved one) {
        var absent = LeaseOwner.absent(owner);
        claims.put(
                new PortKey(owner, one.provider()),
                one.problem() != null
                        ? new Claim.Unclear(absent, one.problem())
                        : new Claim.Wanted(
                                absent,
                                one.provider(),
                                network(one.provider()),
                                new Lease.Usage(null, null, one.keeper(), facts.securedByDefault()),
                                false,
                                Wish.of(one.subnet(), one.addresses(), one.mac())));
    }

    private static String network(@Nullable String provider) {
        return provider == null ? Names.PRIMARY_PROVIDER : provider;
    }
}
