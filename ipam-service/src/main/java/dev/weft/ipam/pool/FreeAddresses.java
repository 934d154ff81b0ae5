package dev.weft.ipam.pool;

import dev.weft.net.IpAddress;
import dev.weft.net.IpRange;
import dev.weft.net.IpRangeSet;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that can be had without being asked for. Never-used ones are kept as few ranges and
 * handed out lowest first; released ones wait in the order of their release, at least for the
 * quarantine, and are handed out when no other is left. Each operation takes O(log n) in the number
 * of ranges.
 */
final class FreeAddresses {

    /**
     * So many released addresses are told from never-used ones; in a huge network the oldest count
     * as never used again, so that memory does not grow with all that ever was.
     */
    private static final int REMEMBERED = 1 << 16;

    private final IpRangeSet offered;
    private final Duration quarantine;

    /** Never used: first address of each range → last one. */
    private final TreeMap<IpAddress, IpAddress> fresh = new TreeMap<>();

    private BigInteger freshCount = BigInteger.ZERO;

    /** Released: address → when, the oldest first. */
    private final SequencedMap<IpAddress, Instant> aside = new LinkedHashMap<>();

    FreeAddresses(IpRangeSet offered, Duration quarantine) {
        this.offered = offered;
        this.quarantine = quarantine;
        offered.ranges().forEach(this::addFresh);
    }

    /** All that belong here, free or held. */
    IpRangeSet offered() {
        return offered;
    }

    /** Whether one can be had now. */
    boolean hasRoom(Instant now) {
        if (!fresh.isEmpty()) {
            return true;
        }
        var oldest = aside.firstEntry();
        return oldest != null && !oldest.getValue().plus(quarantine).isAfter(now);
    }

    /** When the next one leaves quarantine, null when none is in it. */
    @Nullable Instant nextRoom() {
        var oldest = aside.firstEntry();
        return oldest == null ? null : oldest.getValue().plus(quarantine);
    }

    /** Takes the next one; {@link #hasRoom} must hold. */
    IpAddress takeAny() {
        if (fresh.isEmpty()) {
            return aside.pollFirstEntry().getKey();
        }
        var lowest = fresh.firstKey();
        removeFresh(lowest);
        return lowest;
    }

    /** Takes this one, in quarantine or not; false when it is not free here. */
    boolean take(IpAddress address) {
        if (aside.remove(address) != null) {
            return true;
        }
        if (!isFresh(address)) {
            return false;
        }
        removeFresh(address);
        return true;
    }

    /** When the address was released, null when it was not or is not free. */
    @Nullable Instant releasedAt(IpAddress address) {
        return aside.get(address);
    }

    /** When the one that {@link #takeAny} would give was released, null when it is a fresh one. */
    @Nullable Instant nextReleasedAt() {
        return fresh.isEmpty() ? aside.firstEntry().getValue() : null;
    }

    /** Puts back what was taken, as if it had not been: at the head of its queue. */
    void putBack(IpAddress address, @Nullable Instant releasedAt) {
        if (releasedAt == null) {
            addFresh(new IpRange(address, address));
        } else {
            aside.putFirst(address, releasedAt);
        }
    }

    /** The address is free again. */
    void release(IpAddress address, Instant at) {
        aside.putLast(address, at);
        if (aside.size() > REMEMBERED) {
            addFresh(IpRange.of(aside.pollFirstEntry().getKey()));
        }
    }

    /** The address was used before and is free: it waits behind those set aside so far. */
    void setAside(IpAddress address, Instant at) {
        if (isFresh(address)) {
            removeFresh(address);
            release(address, at);
        }
    }

    /** What waits to be used again, in that order. */
    List<Released> setAside() {
        return aside.entrySet().stream()
                .map(entry -> new Released(entry.getKey(), entry.getValue()))
                .toList();
    }

    BigInteger count() {
        return freshCount.add(BigInteger.valueOf(aside.size()));
    }

    /** All that are free. O(n). */
    IpRangeSet ranges() {
        var free = new ArrayList<IpRange>(fresh.size() + aside.size());
        fresh.forEach((first, last) -> free.add(new IpRange(first, last)));
        aside.keySet().forEach(address -> free.add(IpRange.of(address)));
        return IpRangeSet.of(free);
    }

    private boolean isFresh(IpAddress address) {
        var range = fresh.floorEntry(address);
        return range != null && range.getValue().compareTo(address) >= 0;
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
}
