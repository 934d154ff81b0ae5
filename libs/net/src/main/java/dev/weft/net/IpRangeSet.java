package dev.weft.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An immutable set of addresses, kept as the fewest ranges: sorted, disjoint and never adjacent, so
 * that equal sets have equal ranges and equal text. Both families may be in one set, IPv4 first.
 * {@link #contains} takes O(log n), the operations on two sets O(n + m).
 */
public final class IpRangeSet {

    public static final IpRangeSet EMPTY = new IpRangeSet(List.of());

    private final List<IpRange> ranges;

    private IpRangeSet(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    public static IpRangeSet of(IpRange... ranges) {
        return of(List.of(ranges));
    }

    /** The union of the ranges, which may come in any order and overlap. */
    public static IpRangeSet of(Collection<IpRange> ranges) {
        return ranges.isEmpty() ? EMPTY : new IpRangeSet(List.copyOf(merged(ranges)));
    }

    /**
     * Reads a comma list of {@code a..b}, single addresses and CIDRs; blanks around commas do not
     * count, empty text is the empty set.
     *
     * @throws IllegalArgumentException when an entry is anything else; the message quotes it
     */
    public static IpRangeSet parse(String text) {
        if (text.isBlank()) {
            return EMPTY;
        }
        var ranges = new ArrayList<IpRange>();
        int start = 0;
        for (int comma; start <= text.length(); start = comma + 1) {
            comma = text.indexOf(',', start);
            comma = comma < 0 ? text.length() : comma;
            ranges.add(IpRange.parse(text.substring(start, comma).strip()));
        }
        return of(ranges);
    }

    /** The ranges in order, disjoint and not adjacent. */
    public List<IpRange> ranges() {
        return ranges;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The number of addresses. */
    public BigInteger size() {
        return ranges.stream().map(IpRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    public boolean contains(IpAddress address) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            IpRange range = ranges.get(middle);
            if (address.compareTo(range.first()) < 0) {
                high = middle - 1;
            } else if (address.compareTo(range.last()) > 0) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** The addresses of one family. */
    public IpRangeSet only(Family family) {
        return new IpRangeSet(ranges.stream().filter(range -> range.family() == family).toList());
    }

    /** The addresses in this set, in the other, or in both. */
    public IpRangeSet union(IpRangeSet other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        var all = new ArrayList<IpRange>(ranges.size() + other.ranges.size());
        all.addAll(ranges);
        all.addAll(other.ranges);
        return of(all);
    }

    /** The addresses that are in both sets. */
    public IpRangeSet intersect(IpRangeSet other) {
        var common = new ArrayList<IpRange>();
        int mine = 0;
        int theirs = 0;
        while (mine < ranges.size() && theirs < other.ranges.size()) {
            IpRange a = ranges.get(mine);
            IpRange b = other.ranges.get(theirs);
            if (a.overlaps(b)) {
                common.add(new IpRange(max(a.first(), b.first()), min(a.last(), b.last())));
            }
            if (a.last().compareTo(b.last()) < 0) {
                mine++;
            } else {
                theirs++;
            }
        }
        return common.isEmpty() ? EMPTY : new IpRangeSet(List.copyOf(common));
    }

    /** The addresses of this set that are not in the other. */
    public IpRangeSet minus(IpRangeSet other) {
        var rest = new ArrayList<IpRange>();
        int next = 0;
        for (IpRange range : ranges) {
            while (next < other.ranges.size()
                    && other.ranges.get(next).last().compareTo(range.first()) < 0) {
                next++;
            }
            next = cut(range, other.ranges, next, rest);
        }
        return rest.isEmpty() ? EMPTY : new IpRangeSet(List.copyOf(rest));
    }

    /**
     * Adds what the holes from {@code next} on leave of the range; returns the first hole that may
     * reach beyond it.
     */
    private static int cut(IpRange range, List<IpRange> holes, int next, List<IpRange> rest) {
        IpAddress from = range.first();
        int index = next;
        for (; index < holes.size() && holes.get(index).overlaps(range); index++) {
            IpRange hole = holes.get(index);
            if (from.compareTo(hole.first()) < 0) {
                rest.add(new IpRange(from, hole.first().previous()));
            }
            if (hole.last().compareTo(range.last()) >= 0) {
                return index;
            }
            from = hole.last().next();
        }
        rest.add(new IpRange(from, range.last()));
        return index;
    }

    private static List<IpRange> merged(Collection<IpRange> ranges) {
        var merged = new ArrayList<IpRange>(ranges.size());
        for (IpRange range : ranges.stream().sorted().toList()) {
            IpRange last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && touches(last, range)) {
                merged.set(
                        merged.size() - 1,
                        new IpRange(last.first(), max(last.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    /** Whether the later range overlaps the earlier one or begins right after it. */
    private static boolean touches(IpRange earlier, IpRange later) {
        return earlier.family() == later.family()
                && (earlier.last().isLast() || later.first().compareTo(earlier.last().next()) <= 0);
    }

    private static IpAddress min(IpAddress a, IpAddress b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static IpAddress max(IpAddress a, IpAddress b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpRangeSet that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** The ranges as a comma list, such as {@code 10.16.0.1..10.16.0.9,10.16.0.20}. */
    @Override
    public String toString() {
        return ranges.stream().map(IpRange::toString).collect(Collectors.joining(","));
    }
}
