package dev.weft.kube;

import dev.weft.kube.v1.IpPool;
import dev.weft.kube.v1.IpPoolSpec;
import dev.weft.net.IpRange;
import dev.weft.net.IpRangeSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides about all IPPools together: the pools of a subnet do not overlap; of two that would, the
 * older one is served.
 */
public final class IpPoolCatalog {

    private static final Comparator<IpPool> SENIORITY =
            Comparator.comparing(
                            (IpPool pool) ->
                                    Objects.requireNonNullElse(
                                            pool.getMetadata().getCreationTimestamp(), "9999"))
                    .thenComparing(pool -> pool.getMetadata().getName());

    private IpPoolCatalog() {}

    /**
     * What became of a pool.
     *
     * @param subnet the subnet that it names, empty when it names none
     * @param ranges its addresses; which of them are in the subnet is for who knows the subnet
     * @param invalid why it is not served, null when it is
     */
    public record Resolution(
            String name,
            String subnet,
            IpRangeSet ranges,
            List<String> namespaces,
            SubnetResolution.@Nullable Invalid invalid) {

        /** Whether it is served. */
        public boolean isValid() {
            return invalid == null;
        }
    }

    /** What becomes of each pool, by name, the oldest first. */
    public static Map<String, Resolution> resolve(Collection<IpPool> pools) {
        var all = new LinkedHashMap<String, Resolution>();
        pools.stream()
                .sorted(SENIORITY)
                .forEach(
                        pool -> {
                            var name = pool.getMetadata().getName();
                            all.put(name, resolve(name, pool.getSpec(), all.values()));
                        });
        return all;
    }

    /** What becomes of a pool beside those that are served. */
    public static Resolution resolve(String name, IpPoolSpec spec, Collection<Resolution> served) {
        var subnet = SubnetDefaults.textOr(spec.subnet(), "");
        try {
            InvalidField.unless(
                    !subnet.isEmpty(), "subnet", "", "the name of a subnet is required");
            InvalidField.unless(
                    !isAddress(name), "metadata.name", name, "must not look like an address");
            InvalidField.unless(
                    !spec.ips().isEmpty(), "ips", "", "at least one address, CIDR or range a..b");
            var ranges = IpRangeSet.of(InvalidField.list("ips", spec.ips(), IpRange::parse));
            for (var other : served) {
                var shared = ranges.intersect(other.ranges());
                InvalidField.unless(
                        !other.isValid() || !other.subnet().equals(subnet) || shared.isEmpty(),
                        "ips",
                        shared.toString(),
                        "are in IPPool " + other.name() + " of the same subnet already");
            }
            return new Resolution(name, subnet, ranges, spec.namespaces(), null);
        } catch (InvalidField e) {
            return new Resolution(name, subnet, IpRangeSet.EMPTY, spec.namespaces(), e.invalid());
        }
    }

    private static boolean isAddress(String name) {
        try {
            dev.weft.net.IpAddress.parse(name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
