package dev.weft.kube;

import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.net.Cidr;
import dev.weft.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about all subnets together: where two cannot both be served, the older one is (then the
 * one whose name sorts first), whatever the order in which they became known.
 */
public final class SubnetCatalog {

    private static final Comparator<Candidate> SENIORITY =
            Comparator.comparing(Candidate::created).thenComparing(Candidate::name);

    private SubnetCatalog() {}

    /**
     * What the cluster already uses.
     *
     * @param vpcs names of the VPCs, which no subnet may bear
     * @param addresses addresses that no subnet of the default VPC may contain, each with what it
     *     is, for the message
     * @param networks CIDRs that no subnet of OVN may overlap, each with what it is
     */
    public record Taken(
            Set<String> vpcs, Map<IpAddress, String> addresses, Map<Cidr, String> networks) {

        /** Nothing. */
        public static final Taken NOTHING = new Taken(Set.of(), Map.of(), Map.of());
    }

    /**
     * A subnet that asks to be served.
     *
     * @param created time of creation as the API server gives it; the smaller text is the older
     *     subnet
     */
    public record Candidate(String name, String created, SubnetSpec spec) {

        /** The candidate that an object is; one that is not created yet is the youngest. */
        public static Candidate of(Subnet subnet) {
            var meta = subnet.getMetadata();
            return new Candidate(
                    meta.getName(),
                    Objects.requireNonNullElse(meta.getCreationTimestamp(), "9999"),
                    subnet.getSpec());
        }
    }

    /** What becomes of each subnet, by name, the oldest first. */
    public static Map<String, SubnetResolution> resolve(Collection<Subnet> subnets, Taken taken) {
        return resolveAll(subnets.stream().map(Candidate::of).toList(), taken);
    }

    /** The same for those who do not keep the objects. */
    public static Map<String, SubnetResolution> resolveAll(
            Collection<Candidate> candidates, Taken taken) {
        var all = new LinkedHashMap<String, SubnetResolution>();
        var served = new ArrayList<ResolvedSubnet>();
        // nodes answer from the join subnet in every VPC, so it stands before all others
        candidates.stream()
                .sorted(
                        Comparator.comparing((Candidate c) -> !c.name().equals(Names.JOIN_SUBNET))
                                .thenComparing(SENIORITY))
                .forEach(
                        candidate -> {
                            var resolution =
                                    SubnetDefaults.resolve(candidate.spec(), candidate.name());
                            if (resolution instanceof Valid(var subnet)) {
                                var conflict = conflict(subnet, served, taken);
                                if (conflict.isPresent()) {
                                    resolution = conflict.get();
                                } else {
                                    served.add(subnet);
                                }
                            }
                            all.put(candidate.name(), resolution);
                        });
        return all;
    }

    /** Why a subnet cannot be served beside those that are. */
    public static Optional<Invalid> conflict(
            ResolvedSubnet subnet, List<ResolvedSubnet> served, Taken taken) {
        if (taken.vpcs().contains(subnet.name())) {
            return Optional.of(
                    new Invalid(
                            "vpc", subnet.vpc(), "a VPC is named " + subnet.name() + " as well"));
        }
        if (subnet.isInDefaultVpc() && subnet.isOverlay()) {
            for (var address : taken.addresses().entrySet()) {
                if (subnet.contains(address.getKey())) {
                    return Optional.of(
                            invalid(
                                    subnet,
                                    "must not contain %s, %s"
                                            .formatted(address.getKey(), address.getValue())));
                }
            }
        }
        if (subnet.isOvn()) {
            for (var network : taken.networks().entrySet()) {
                if (subnet.cidrs().stream().anyMatch(network.getKey()::overlaps)) {
                    return Optional.of(
                            invalid(
                                    subnet,
                                    "overlaps %s, %s"
                                            .formatted(network.getKey(), network.getValue())));
                }
            }
        }
        return served.stream()
                .filter(other -> sharesAddressSpace(subnet, other))
                .filter(other -> overlaps(subnet, other))
                .findFirst()
                .map(
                        other ->
                                invalid(
                                        subnet,
                                        "overlaps %s of subnet %s%s"
                                                .formatted(
                                                        other.cidrs(),
                                                        other.name(),
                                                        other.vpc().equals(subnet.vpc())
                                                                ? " in the same VPC"
                                                                : "")));
    }

    private static boolean sharesAddressSpace(ResolvedSubnet a, ResolvedSubnet b) {
        var sameNetwork = a.vpc().equals(b.vpc()) && Objects.equals(a.vlan(), b.vlan());
        var throughNodes = a.isOverlay() && b.name().equals(Names.JOIN_SUBNET);
        return !a.name().equals(b.name()) && (sameNetwork || throughNodes);
    }

    private static boolean overlaps(ResolvedSubnet a, ResolvedSubnet b) {
        return a.cidrs().stream()
                .anyMatch(mine -> b.cidrs().get(mine.family()).filter(mine::overlaps).isPresent());
    }

    private static Invalid invalid(ResolvedSubnet subnet, String message) {
        return new Invalid("cidrBlock", subnet.cidrs().toString(), message);
    }
}
