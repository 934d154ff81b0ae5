package dev.weft.net;

import java.math.BigInteger;

/**
 * All addresses from the first to the last, both included.
 *
 * @param first the lowest
 * @param last the highest, of the same family and not below the first
 */
public record IpRange(IpAddress first, IpAddress last) implements Comparable<IpRange> {

    public IpRange {
        if (first.family() != last.family() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "\""
                            + first
                            + ".."
                            + last
                            + "\" is not a range: both ends are of one family and the first is not above the last");
        }
    }

    /** The range that holds just this address. */
    public static IpRange of(IpAddress address) {
        return new IpRange(address, address);
    }

    /**
     * Reads {@code a..b}, a single address, or a CIDR (all of its addresses).
     *
     * @throws IllegalArgumentException when the text is anything else; the message quotes it
     */
    public static IpRange parse(String text) {
        int dots = text.indexOf("..");
        if (dots >= 0) {
            return new IpRange(
                    IpAddress.parse(text.substring(0, dots)),
                    IpAddress.parse(text.substring(dots + 2)));
        }
        return text.indexOf('/') >= 0 ? Cidr.parse(text).range() : of(IpAddress.parse(text));
    }

    public Family family() {
        return first.family();
    }

    public boolean contains(IpAddress address) {
        return address.family() == family()
                && first.compareTo(address) <= 0
                && address.compareTo(last) <= 0;
    }

    /** Whether every address of the other range is in this one. */
    public boolean contains(IpRange other) {
        return contains(other.first) && contains(other.last);
    }

    /** Whether some address is in both. */
    public boolean overlaps(IpRange other) {
        return family() == other.family()
                && first.compareTo(other.last) <= 0
                && other.first.compareTo(last) <= 0;
    }

    /** The number of addresses, at least 1. */
    public BigInteger size() {
        return first.distanceTo(last).add(BigInteger.ONE);
    }

    /** By first address, then by last. */
    @Override
    public int compareTo(IpRange other) {
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : last.compareTo(other.last);
    }

    /** {@code a..b}, or just {@code a} when there is one address. */
    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + ".." + last;
    }
}
