package dev.weft.net;

import java.math.BigInteger;

/**
 * An IPv4 or IPv6 address as an unsigned number of 128 bits. IPv4 addresses use the lowest 32 bits
 * and are never equal to an IPv6 address; in the natural order every IPv4 address comes before
 * every IPv6 address.
 *
 * @param family which family the number belongs to
 * @param high the upper 64 bits, 0 for IPv4
 * @param low the lower 64 bits; for IPv4 between 0 and 0xffffffff
 */
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {

    private static final BigInteger MASK_64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    public IpAddress {
        if (family == Family.IPV4 && (high != 0 || (low >>> 32) != 0)) {
            throw new IllegalArgumentException(
                    "an IPv4 address has 32 bits, not "
                            + Long.toHexString(high)
                            + ":"
                            + Long.toHexString(low));
        }
    }

    /** The IPv4 address of which {@code bits} are the four octets, most significant first. */
    public static IpAddress v4(int bits) {
        return new IpAddress(Family.IPV4, 0, Integer.toUnsignedLong(bits));
    }

    /** The IPv6 address made of the two halves. */
    public static IpAddress v6(long high, long low) {
        return new IpAddress(Family.IPV6, high, low);
    }

    /**
     * Reads the text form of one address. IPv4 needs four decimal octets without leading zeros;
     * IPv6 is read as RFC 4291 has it, also with the last 32 bits in dotted form; zones ({@code
     * %eth0}), brackets, host names and blanks are refused.
     *
     * @throws IllegalArgumentException when the text is not an address; the message quotes it
     */
    public static IpAddress parse(String text) {
        return IpText.parse(text);
    }

    /**
     * The address whose octets are given in network order.
     *
     * @throws IllegalArgumentException when there are not exactly 4 or 16
     */
    public static IpAddress of(byte[] octets) {
        return switch (octets.length) {
            case 4 -> new IpAddress(Family.IPV4, 0, toLong(octets, 0, 4));
            case 16 -> new IpAddress(Family.IPV6, toLong(octets, 0, 8), toLong(octets, 8, 8));
            default ->
                    throw new IllegalArgumentException(
                            "an IP address has 4 or 16 octets, not " + octets.length);
        };
    }

    /**
     * The address with this number.
     *
     * @throws ArithmeticException when the number is negative or too long for the family
     */
    public static IpAddress of(Family family, BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > family.bits()) {
            throw new ArithmeticException(number + " is outside the " + family + " addresses");
        }
        return new IpAddress(
                family, number.shiftRight(64).longValue(), number.and(MASK_64).longValue());
    }

    /** The octets in network order, 4 or 16. */
    public byte[] toBytes() {
        byte[] octets = new byte[family.bytes()];
        long value = low;
        for (int i = octets.length - 1; i >= 0; i--) {
            octets[i] = (byte) value;
            value = i == 8 ? high : value >>> 8;
        }
        return octets;
    }

    /** The address as an unsigned number. */
    public BigInteger toBigInteger() {
        BigInteger lower = unsigned(low);
        return high == 0 ? lower : unsigned(high).shiftLeft(64).or(lower);
    }

    /**
     * The address {@code offset} further on, or back when the offset is negative.
     *
     * @throws ArithmeticException when that is outside the family
     */
    public IpAddress plus(long offset) {
        long sum = low + offset;
        long carry =
                offset >= 0
                        ? (Long.compareUnsigned(sum, low) < 0 ? 1 : 0)
                        : (Long.compareUnsigned(sum, low) > 0 ? -1 : 0);
        if (family == Family.IPV4) {
            if ((sum >>> 32) != 0 || offset > 0xffffffffL || offset < -0xffffffffL) {
                throw outside(offset);
            }
            return new IpAddress(family, 0, sum);
        }
        if (carry == 1 && high == -1 || carry == -1 && high == 0) {
            throw outside(offset);
        }
        return new IpAddress(family, high + carry, sum);
    }

    /**
     * The address {@code offset} further on, or back when the offset is negative.
     *
     * @throws ArithmeticException when that is outside the family
     */
    public IpAddress plus(BigInteger offset) {
        return offset.bitLength() < 64
                ? plus(offset.longValue())
                : of(family, toBigInteger().add(offset));
    }

    /**
     * The address after this one.
     *
     * @throws ArithmeticException when this is the family's last
     */
    public IpAddress next() {
        return plus(1);
    }

    /**
     * The address before this one.
     *
     * @throws ArithmeticException when this is the family's first
     */
    public IpAddress previous() {
        return plus(-1);
    }

    /** Whether every bit is one: there is no {@link #next()}. */
    public boolean isLast() {
        return family == Family.IPV4 ? low == 0xffffffffL : (high & low) == -1;
    }

    /** Whether every bit is zero: there is no {@link #previous()}. */
    public boolean isFirst() {
        return (high | low) == 0;
    }

    /**
     * How far it is from here to the other: {@code other - this}, negative when the other comes
     * first.
     *
     * @throws IllegalArgumentException when the families differ
     */
    public BigInteger distanceTo(IpAddress other) {
        requireSameFamily(other);
        return high == other.high && (low | other.low) >= 0
                ? BigInteger.valueOf(other.low - low)
                : other.toBigInteger().subtract(toBigInteger());
    }

    /** IPv4 before IPv6, then by number. */
    @Override
    public int compareTo(IpAddress other) {
        if (family != other.family) {
            return family.compareTo(other.family);
        }
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    /**
     * Dotted decimal for IPv4; the canonical form of RFC 5952 for IPv6, IPv4-mapped addresses in
     * its mixed notation.
     */
    @Override
    public String toString() {
        return IpText.format(this);
    }

    /** This address with all but the first {@code prefixLength} bits zero. */
    IpAddress firstOf(int prefixLength) {
        if (family == Family.IPV4) {
            return new IpAddress(family, 0, low & v4Mask(prefixLength));
        }
        return new IpAddress(family, high & mask(prefixLength), low & mask(prefixLength - 64));
    }

    /** This address with all but the first {@code prefixLength} bits one. */
    IpAddress lastOf(int prefixLength) {
        if (family == Family.IPV4) {
            return new IpAddress(family, 0, low | (~v4Mask(prefixLength) & 0xffffffffL));
        }
        return new IpAddress(family, high | ~mask(prefixLength), low | ~mask(prefixLength - 64));
    }

    void requireSameFamily(IpAddress other) {
        if (family != other.family) {
            throw new IllegalArgumentException(this + " and " + other + " are not of one family");
        }
    }

    private static long v4Mask(int prefixLength) {
        return mask(prefixLength) >>> 32;
    }

    /** 64 bits of which the first {@code length} are one; below 0 counts as 0, above 64 as 64. */
    private static long mask(int length) {
        return length <= 0 ? 0 : length >= 64 ? -1 : -1L << (64 - length);
    }

    private static long toLong(byte[] octets, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | (octets[i] & 0xff);
        }
        return value;
    }

    private static BigInteger unsigned(long value) {
        return value >= 0 ? BigInteger.valueOf(value) : BigInteger.valueOf(value).and(MASK_64);
    }

    private ArithmeticException outside(long offset) {
        return new ArithmeticException(
                this
                        + (offset < 0 ? " - " : " + ")
                        + Math.abs(offset)
                        + " is outside the "
                        + family
                        + " addresses");
    }
}
