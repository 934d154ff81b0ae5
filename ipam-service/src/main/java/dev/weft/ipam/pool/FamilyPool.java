package dev.weft.ipam.pool;

import dev.weft.ipam.pool.Reservation.Origin;
import dev.weft.net.Cidr;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRange;
import dev.weft.net.IpRangeSet;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one family of a subnet: those of its named pools, each by itself, and the common
 * ones.
 */
final class FamilyPool {

    private final Cidr cidr;
    private final IpAddress gateway;
    private final FreeAddresses common;
    private final Map<String, FreeAddresses> named = new HashMap<>();

    /** First address of each range that is handed out → whose it is. */
    private final TreeMap<IpAddress, Part> parts = new TreeMap<>();

    private record Part(IpAddress last, FreeAddresses free) {}

    /** Address → port. */
    private final Map<IpAddress, String> held = new HashMap<>();

    /** Held addresses that are handed out unasked, by whose they are. */
    private final Map<FreeAddresses, Integer> heldOf = new HashMap<>();

    /**
     * @param pools ranges of the named pools of this subnet; they do not overlap
     */
    FamilyPool(
            Cidr cidr,
            IpAddress gateway,
            IpRangeSet excluded,
            Map<String, IpRangeSet> pools,
            Duration quarantine) {
        this.cidr = cidr;
        this.gateway = gateway;
        var rest =
                IpRangeSet.of(cidr.hosts())
                        .minus(excluded)
                        .minus(IpRangeSet.of(IpRange.of(gateway)));
        for (var pool : pools.entrySet()) {
            var mine = pool.getValue().intersect(rest);
            rest = rest.minus(mine);
            if (!mine.isEmpty()) {
                named.put(pool.getKey(), part(mine, quarantine));
            }
        }
        common = part(rest, quarantine);
    }

    private FreeAddresses part(IpRangeSet ranges, Duration quarantine) {
        var free = new FreeAddresses(ranges, quarantine);
        ranges.ranges().forEach(range -> parts.put(range.first(), new Part(range.last(), free)));
        return free;
    }

    Cidr cidr() {
        return cidr;
    }

    boolean contains(IpAddress address) {
        return cidr.contains(address);
    }

    /** Whether an interface may have the address at all. */
    boolean isUsable(IpAddress address) {
        return cidr.hosts().contains(address) && !address.equals(gateway);
    }

    @Nullable String holder(IpAddress address) {
        return held.get(address);
    }

    /**
     * What is handed out to who asks for that pool.
     *
     * @param pool null for the common ones
     * @return null when the pool has none of this family
     */
    @Nullable FreeAddresses free(@Nullable String pool) {
        return pool == null ? common : named.get(pool);
    }

    /** When the address was released, null when it was not or is not free. */
    @Nullable Instant releasedAt(IpAddress address) {
        var part = partOf(address);
        return part == null ? null : part.releasedAt(address);
    }

    /** Takes the next one; there must be room. */
    Taken takeAny(FreeAddresses from, String port) {
        var releasedAt = from.nextReleasedAt();
        var address = from.takeAny();
        hold(address, port, from);
        return new Taken(address, releasedAt == null ? Origin.FRESH : Origin.setAside(releasedAt));
    }

    /** Takes this one; it must not be held by another port. */
    Taken take(IpAddress address, String port) {
        if (held.containsKey(address)) {
            held.put(address, port);
            return new Taken(address, Origin.OWN);
        }
        var part = partOf(address);
        var releasedAt = part == null ? null : part.releasedAt(address);
        var free = part != null && part.take(address);
        hold(address, port, part);
        if (!free) {
            return new Taken(address, Origin.EXCLUDED);
        }
        return new Taken(address, releasedAt == null ? Origin.FRESH : Origin.setAside(releasedAt));
    }

    private void hold(IpAddress address, String port, @Nullable FreeAddresses part) {
        held.put(address, port);
        if (part != null) {
            heldOf.merge(part, 1, Integer::sum);
        }
    }

    private @Nullable FreeAddresses letGo(IpAddress address) {
        held.remove(address);
        var part = partOf(address);
        if (part != null) {
            heldOf.merge(part, -1, Integer::sum);
        }
        return part;
    }

    /** Puts back what was taken, as if it had not been. */
    void undo(IpAddress address, Origin origin) {
        if (origin.kind() == Origin.Kind.OWN || !held.containsKey(address)) {
            return;
        }
        // the subnet may have changed meanwhile, so that the address is not offered any more
        var part = letGo(address);
        if (part != null) {
            part.putBack(address, origin.releasedAt());
        }
    }

    /** The address is free again, if the port holds it. */
    void release(IpAddress address, String port, Instant at) {
        if (port.equals(held.get(address))) {
            var part = letGo(address);
            if (part != null) {
                part.release(address, at);
            }
        }
    }

    /** The address was used before and is free: it waits behind those set aside so far. */
    void setAside(Released released) {
        var part = partOf(released.address());
        if (part != null && !held.containsKey(released.address())) {
            part.setAside(released.address(), released.at());
        }
    }

    /** What waits to be used again, each part in that order. */
    Stream<Released> setAside() {
        return Stream.concat(Stream.of(common), named.values().stream())
                .flatMap(part -> part.setAside().stream());
    }

    /** How many can be had without being asked for, and how many of those are held. */
    Fill fill(@Nullable String pool) {
        var part = free(pool);
        return part == null
                ? new Fill(BigInteger.ZERO, BigInteger.ZERO)
                : new Fill(BigInteger.valueOf(heldOf.getOrDefault(part, 0)), part.count());
    }

    /** How all addresses are used, those of named pools with the others. */
    Usage usage() {
        var available = common.count();
        var free = common.ranges();
        for (var part : named.values()) {
            available = available.add(part.count());
            free = free.union(part.ranges());
        }
        return new Usage(
                BigInteger.valueOf(held.size()),
                available,
                IpRangeSet.of(held.keySet().stream().map(IpRange::of).toList()),
                free);
    }

    /** How the addresses of a named pool are used. */
    Usage usage(String pool) {
        var part = named.get(pool);
        if (part == null) {
            return Usage.NONE;
        }
        var used =
                IpRangeSet.of(
                        held.keySet().stream()
                                .filter(part.offered()::contains)
                                .map(IpRange::of)
                                .toList());
        return new Usage(used.size(), part.count(), used, part.ranges());
    }

    /** The addresses that are held, with their ports. */
    Map<IpAddress, String> held() {
        return Map.copyOf(held);
    }

    /** The names of the pools that have addresses of this family. */
    List<String> pools() {
        return List.copyOf(named.keySet());
    }

    private @Nullable FreeAddresses partOf(IpAddress address) {
        var part = parts.floorEntry(address);
        return part != null && part.getValue().last().compareTo(address) >= 0
                ? part.getValue().free()
                : null;
    }

    /** An address and where it was. */
    record Taken(IpAddress address, Origin origin) {}
}
