package dev.weft.kube;

import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.kube.v1.Subnet;
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

    private static final Comparator<Subnet> SENIORITY =
            Comparator.comparing(
                            (Subnet s) ->
                                    Objects.requireNonNullElse(
                                            s.getMetadata().getCreationTimestamp(), "9999"))
                    .thenComparing(s -> s.getMetadata().getName());

    private SubnetCatalog() {}

    /**
     * What the cluster already uses.
     *
     * @param vpcs names of the VPCs, which no subnet may bear
     * @param addresses addresses that no subnet of the default VPC may contain, each with what it
     *     is, for the message
     */
    public record Taken(Set<String> vpcs, Map<IpAddress, String> addresses) {

        /** Nothing. */
        public static final Taken NOTHING = new Taken(Set.of(), Map.of());
    }

    /** What becomes of each subnet, by name, the oldest first. */
    public static Map<String, SubnetResolution> resolve(Collection<Subnet> subnets, Taken taken) {
        var all = new LinkedHashMap<String, SubnetResolution>();
        var served = new ArrayList<ResolvedSubnet>();
        subnets.stream()
                .sorted(SENIORITY)
                .forEach(
                        object -> {
                            var name = object.getMetadata().getName();
                            var resolution = SubnetDefaults.resolve(object.getSpec(), name);
                            if (resolution instanceof Valid(var subnet)) {
                                var conflict = conflict(subnet, served, taken);
                                if (conflict.isPresent()) {
                                    resolution = conflict.get();
                                } else {
                                    served.add(subnet);
                                }
                            }
                            all.put(name, resolution);
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
        return served.stream()
                .filter(other -> sharesAddressSpace(subnet, other))
                .filter(other -> overlaps(subnet, other))
                .findFirst()
                .map(
                        other ->
                                invalid(
                                        subnet,
                                        "overlaps %s of subnet %s in the same VPC"
                                                .formatted(other.cidrs(), other.name())));
    }

    private static boolean sharesAddressSpace(ResolvedSubnet a, ResolvedSubnet b) {
        return !a.name().equals(b.name())
                && a.vpc().equals(b.vpc())
                && Objects.equals(a.vlan(), b.vlan());
    }

    private static boolean overlaps(ResolvedSubnet a, ResolvedSubnet b) {
        return a.cidrs().stream()
                .anyMatch(mine -> b.cidrs().get(mine.family()).filter(mine::overlaps).isPresent());
    }

    private static Invalid invalid(ResolvedSubnet subnet, String message) {
        return new Invalid("cidrBlock", subnet.cidrs().toString(), message);
    }
}
