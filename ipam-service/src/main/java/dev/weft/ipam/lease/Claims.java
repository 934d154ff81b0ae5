package dev.weft.ipam.lease;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.kube.Allocation;
import dev.weft.kube.Names;
import dev.weft.kube.NodeView;
import dev.weft.kube.Parsed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an owner claims for each of its ports, read from what the feeds say of it. */
public final class Claims {

    private Claims() {}

    /**
     * The claims of an owner: one for each port that it should have or has.
     *
     * @param held what it holds
     */
    public static Map<PortKey, Claim> of(OwnerKey owner, Collection<Lease> held, Facts facts) {
        return switch (owner.kind()) {
            case POD -> PodClaims.of(owner, held, facts);
            case NODE -> Map.of(PortKey.primary(owner), node(owner, facts));
            case VIP -> vip(owner, facts);
        };
    }

    /**
     * The claim of a node. What its annotations say it had is preferred, so that a node that lost
     * its lease gets the same again.
     */
    private static Claim node(OwnerKey owner, Facts facts) {
        return facts.node(owner.key())
                .<Claim>map(Claims::node)
                .orElseGet(() -> new Claim.None(EndReason.OWNER_GONE));
    }

    private static Claim node(NodeView node) {
        var wish = Wish.ANY;
        var had = Allocation.parse(node.annotations(), Names.PRIMARY_PROVIDER).orElse(null);
        if (had instanceof Parsed.Valid<Allocation>(var allocation)) {
            wish = wish.preferring(allocation.addresses(), allocation.mac());
        }
        return new Claim.Wanted(
                new LeaseOwner(Kind.NODE, null, node.name(), node.uid()),
                Names.PRIMARY_PROVIDER,
                Names.PRIMARY_PROVIDER,
                // a node sends from its other addresses, too
                Lease.Usage.of(false).on(node.name()),
                false,
                wish);
    }

    /** A Vip holds its address as long as no pod has taken it as its own. */
    private static Map<PortKey, Claim> vip(OwnerKey owner, Facts facts) {
        var claims = new LinkedHashMap<PortKey, Claim>();
        claims.put(
                PortKey.primary(owner),
                facts.vip(owner.key())
                        .map(Claims::vip)
                        .orElseGet(() -> new Claim.None(EndReason.OWNER_GONE)));
        return claims;
    }

    private static Claim vip(Facts.VipFacts vip) {
        var owner = new LeaseOwner(Kind.VIP, null, vip.name(), vip.uid());
        if (vip.deleting()) {
            return new Claim.None(EndReason.OWNER_GONE);
        }
        if (vip.users() > 0) {
            return new Claim.None(EndReason.TAKEN_BY_POD);
        }
        if (vip.problem() != null) {
            return new Claim.Unclear(owner, vip.problem());
        }
        var wish =
                vip.assigned() == null
                        ? Wish.of(vip.subnet(), vip.wanted(), vip.mac())
                        : Wish.of(vip.subnet(), vip.assigned(), vip.assignedMac());
        return new Claim.Wanted(
                owner,
                Names.PRIMARY_PROVIDER,
                Names.PRIMARY_PROVIDER,
                Lease.Usage.of(false),
                false,
                wish);
    }
}
