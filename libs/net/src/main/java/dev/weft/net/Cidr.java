package dev.weft.net;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network: the addresses that share their first {@code prefixLength} bits.
 *
 * @param network the first address; bits beyond the prefix are set to zero by the constructor
 * @param prefixLength 0 to 32 or 128
 */
public record Cidr(IpAddress network, int prefixLength) implements Comparable<Cidr> {

    public Cidr {
        if (prefixLength < 0 || prefixLength > network.family().bits()) {
            throw new IllegalArgumentException(
                    "prefix length "
                            + prefixLength
                            + " of "
                            + network
                            + " is not in 0.."
                            + network.family().bits());
        }
        network = network.firstOf(prefixLength);
    }

    /**
     * Reads {@code address/length} and normalises it to the network address, so {@code
     * 10.16.3.4/16} becomes {@code 10.16.0.0/16}.
     *
     * @throws IllegalArgumentException when the text is anything else; the message quotes it
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        int digits = text.length() - slash - 1;
        if (slash < 0 || digits < 1 || digits > 3 || digits > 1 && text.charAt(slash + 1) == '0') {
            throw refused(text, null);
        }
        int length = 0;
        for (int i = slash + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw refused(text, null);
            }
            length = length * 10 + c - '0';
        }
        try {
            return new Cidr(IpAddress.parse(text.substring(0, slash)), length);
        } catch (IllegalArgumentException e) {
            throw refused(text, e);
        }
    }

    public Family family() {
        return network.family();
    }

    /** Whether the address is in this network; an address of the other family is not. */
    public boolean contains(IpAddress address) {
        return address.family() == family() && address.firstOf(prefixLength).equals(network);
    }

    /** Whether every address of the other network is in this one. */
    public boolean contains(Cidr other) {
        return other.prefixLength >= prefixLength && contains(other.network);
    }

    /** Whether some address is in both. */
    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    /** The lowest address, which is the network address itself. */
    public IpAddress first() {
        return network;
    }

    /** The highest address; for IPv4 the broadcast address. */
    public IpAddress last() {
        return network.lastOf(prefixLength);
    }

    /** The number of addresses, hosts or not: between 1 and 2^128. */
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(family().bits() - prefixLength);
    }

    /** All addresses, hosts or not. */
    public IpRange range() {
        return new IpRange(first(), last());
    }

    /**
     * The addresses that an interface may have: for IPv4 all but the network and the broadcast
     * address, for IPv6 all but the subnet-router anycast address (RFC 4291, 2.6.1). Point-to-point
     * networks (IPv4 /31 by RFC 3021, IPv6 /127 by RFC 6164) and networks of one address have no
     * such address to leave out.
     */
    public IpRange hosts() {
        if (family().bits() - prefixLength <= 1) {
            return range();
        }
        return new IpRange(first().next(), family() == Family.IPV4 ? last().previous() : last());
    }

    /** The mask as an address, such as {@code 255.255.0.0}. */
    public IpAddress netmask() {
        return new IpAddress(family(), 0, 0).lastOf(0).firstOf(prefixLength);
    }

    /** By network address, then the wider network first. */
    @Override
    public int compareTo(Cidr other) {
        int byNetwork = network.compareTo(other.network);
        return byNetwork != 0 ? byNetwork : Integer.compare(prefixLength, other.prefixLength);
    }

    /** {@code network/length}, such as {@code fd00:10:16::/112}. */
    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }

    private static IllegalArgumentException refused(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "\""
                        + IpText.quoted(text)
                        + "\" is not a CIDR: expected an address, a slash and a prefix length,"
                        + " such as 10.16.0.0/16 or fd00:10:16::/112",
                cause);
    }
}
