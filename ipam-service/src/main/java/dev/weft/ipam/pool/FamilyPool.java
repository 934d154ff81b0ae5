package dev.weft.ipam.pool;

import dev.weft.ipam.pool.Reservation.Origin;
import dev.weft.net.Cidr;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRange;
import dev.weft.net.IpRangeSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one family of a subnet. Never-used ones are kept as few ranges, handed out
 * lowest first; released ones wait in the order of their release and are handed out when no other
 * is left. Each operation takes O(log n) in the number of ranges.
 */
final class FamilyPool {

    private final Cidr cidr;
    private final IpAddress gateway;

    /** What may be handed out unasked: hosts without gateway and exclusions. */
    private final IpRangeSet offered;

    /** Never used: first address of each range → last one. */
    private final TreeMap<IpAddress, IpAddress> fresh = new TreeMap<>();

    private BigInteger freshCount = BigInteger.ZERO;
    private final SequencedSet<IpAddress> setAside = new LinkedHashSet<>();

    /** Address → port. */
    private final Map<IpAddress, String> held = new HashMap<>();

    FamilyPool(Cidr cidr, IpAddress gateway, IpRangeSet excluded) {
        this.cidr = cidr;
        this.gateway = gateway;
        this.offered =
                IpRangeSet.of(cidr.hosts())
                        .minus(excluded)
                        .minus(IpRangeSet.of(IpRange.of(gateway)));
        offered.ranges().forEach(this::addFresh);
    }

    boolean hasRoom() {
        return !fresh.isEmpty() || !setAside.isEmpty();
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

    /** Takes the next one; {@link #hasRoom} must hold. */
    Taken takeAny(String port) {
        if (fresh.isEmpty()) {
            var oldest = setAside.removeFirst();
            held.put(oldest, port);
            return new Taken(oldest, Origin.SET_ASIDE);
        }
        var lowest = fresh.firstKey();
        removeFresh(lowest);
        held.put(lowest, port);
        return new Taken(lowest, Origin.FRESH);
    }

    /** Takes this one; it must not be held by another port. */
    Taken take(IpAddress address, String port) {
        var origin = originOf(address);
        switch (origin) {
            case FRESH -> removeFresh(address);
            case SET_ASIDE -> setAside.remove(address);
            case EXCLUDED, OWN -> {}
        }
        held.put(address, port);
        return new Taken(address, origin);
    }

    /** Puts back what was taken, as if it had not been. */
    void undo(IpAddress address, Origin origin) {
        // the subnet may have changed meanwhile, so that the address is not offered any more
        if (origin == Origin.OWN || held.remove(address) == null || !offered.contains(address)) {
            return;
        }
        switch (origin) {
            case FRESH -> addFresh(new IpRange(address, address));
            case SET_ASIDE -> setAside.addFirst(address);
            case EXCLUDED, OWN -> {}
        }
    }

    /** The address is free again, if the port holds it. */
    void release(IpAddress address, String port) {
        if (held.remove(address, port) && offered.contains(address)) {
            setAside.add(address);
        }
    }

    /** The address was used before and is free: it waits behind those set aside so far. */
    void setAside(IpAddress address) {
        if (offered.contains(address) && originOf(address) == Origin.FRESH) {
            removeFresh(address);
            setAside.add(address);
        }
    }

    /** What waits to be used again, in that order. */
    java.util.Collection<IpAddress> setAside() {
        return setAside;
    }

    Usage usage() {
        var free = new ArrayList<IpRange>(fresh.size() + setAside.size());
        fresh.forEach((first, last) -> free.add(new IpRange(first, last)));
        setAside.forEach(address -> free.add(IpRange.of(address)));
        return new Usage(
                BigInteger.valueOf(held.size()),
                freshCount.add(BigInteger.valueOf(setAside.size())),
                IpRangeSet.of(held.keySet().stream().map(IpRange::of).toList()),
                IpRangeSet.of(free));
    }

    private Origin originOf(IpAddress address) {
        if (held.containsKey(address)) {
            return Origin.OWN;
        }
        if (setAside.contains(address)) {
            return Origin.SET_ASIDE;
        }
        var range = fresh.floorEntry(address);
        return range != null && range.getValue().compareTo(address) >= 0
                ? Origin.FRESH
                : Origin.EXCLUDED;
    }

    /** Cuts the address out of the range that has it. */
    private void removeFresh(IpAddress address) {
        var range = fresh.floorEntry(address);
        fresh.remove(range.getKey());
        if (range.getKey().compareTo(address) < 0) {
            fresh.put(range.getKey(), address.previous());
        }
        if (address.compareTo(range.getValue()) < 0) {
            fresh.put(address.next(), range.getValue());
        }
        freshCount = freshCount.subtract(BigInteger.ONE);
    }

    /** Adds a range, joining it with its neighbours; it overlaps none. */
    private void addFresh(IpRange range) {
        var first = range.first();
        var last = range.last();
        var before = fresh.lowerEntry(first);
        if (before != null && before.getValue().next().equals(first)) {
            first = before.getKey();
        }
        if (!last.isLast()) {
            var after = fresh.remove(last.next());
            last = after == null ? last : after;
        }
        fresh.put(first, last);
        freshCount = freshCount.add(range.size());
    }

    /** An address and where it was. */
    record Taken(IpAddress address, Origin origin) {}
}
