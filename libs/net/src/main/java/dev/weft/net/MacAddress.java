package dev.weft.net;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * An Ethernet address.
 *
 * @param value the 48 bits, the first octet most significant
 */
public record MacAddress(long value) implements Comparable<MacAddress> {

    /** First octet of the addresses that we make up: locally administered, unicast. */
    private static final long LOCAL_PREFIX = 0x0aL << 40;

    private static final long LOWER_40_BITS = (1L << 40) - 1;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    public MacAddress {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException(
                    "a MAC address has 48 bits, not 0x" + Long.toHexString(value));
        }
    }

    /**
     * Reads six octets of two hexadecimal digits, separated by colons or by dashes.
     *
     * @throws IllegalArgumentException when the text is anything else; the message quotes it
     */
    public static MacAddress parse(String text) {
        if (text.length() != 17) {
            throw refused(text);
        }
        char separator = text.charAt(2);
        long value = 0;
        for (int i = 0; i < 17; i++) {
            char c = text.charAt(i);
            if (i % 3 == 2) {
                if (c != separator || c != ':' && c != '-') {
                    throw refused(text);
                }
            } else {
                int digit = IpText.hexValue(c);
                if (digit < 0) {
                    throw refused(text);
                }
                value = value << 4 | digit;
            }
        }
        return new MacAddress(value);
    }

    /**
     * The address with these octets.
     *
     * @throws IllegalArgumentException when there are not exactly six
     */
    public static MacAddress of(byte[] octets) {
        if (octets.length != 6) {
            throw new IllegalArgumentException("a MAC address has 6 octets, not " + octets.length);
        }
        long value = 0;
        for (byte octet : octets) {
            value = value << 8 | (octet & 0xff);
        }
        return new MacAddress(value);
    }

    /** A locally administered unicast address {@code 0a:…} with 40 random bits. */
    public static MacAddress random(RandomGenerator random) {
        return new MacAddress(LOCAL_PREFIX | (random.nextLong() & LOWER_40_BITS));
    }

    /**
     * The locally administered unicast address {@code 0a:…} that belongs to a name: always the same
     * for the same text, and spread so that different names meet only by chance (1 in 2^40).
     */
    public static MacAddress derivedFrom(String seed) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, then the finaliser of SplitMix64 to spread short
        // inputs
        for (byte octet : seed.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return new MacAddress(LOCAL_PREFIX | (hash & LOWER_40_BITS));
    }

    /** The six octets. */
    public byte[] toBytes() {
        byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) {
            octets[i] = (byte) (value >>> (40 - 8 * i));
        }
        return octets;
    }

    /** Whether it names one interface rather than a group. */
    public boolean isUnicast() {
        return (value >>> 40 & 1) == 0;
    }

    /** Whether it is locally administered, not given by a manufacturer. */
    public boolean isLocal() {
        return (value >>> 41 & 1) == 1;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(value, other.value);
    }

    /** Lower case with colons, such as {@code 0a:1b:2c:3d:4e:5f}. */
    @Override
    public String toString() {
        char[] text = new char[17];
        for (int i = 0; i < 17; i++) {
            text[i] = i % 3 == 2 ? ':' : HEX[(int) (value >>> (44 - 4 * (i - i / 3))) & 0xf];
        }
        return new String(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "\""
                        + IpText.quoted(text)
                        + "\" is not a MAC address: expected six hexadecimal octets such as 0a:1b:2c:3d:4e:5f");
    }
}
