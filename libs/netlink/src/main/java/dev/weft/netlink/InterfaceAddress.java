package dev.weft.netlink;

import dev.weft.net.Cidr;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.wire.Attributes;
import dev.weft.netlink.wire.NetlinkMessage;
import dev.weft.netlink.wire.Nl;
import java.util.Optional;

/**
 * An address of an interface with the length of its network's prefix; prints as {@code
 * 10.16.0.2/16}.
 *
 * @param address host bits included
 * @param prefixLength in bits
 */
public record InterfaceAddress(IpAddress address, int prefixLength) {
    static final int FIXED = 8;

    public InterfaceAddress {
        if (prefixLength < 0 || prefixLength > address.family().bits()) {
            throw new IllegalArgumentException(
                    "prefix length "
                            + prefixLength
                            + " of "
                            + address
                            + " is not allowed: 0 to "
                            + address.family().bits());
        }
    }

    /** The address in this subnet. */
    public static InterfaceAddress in(Cidr subnet, IpAddress address) {
        return new InterfaceAddress(address, subnet.prefixLength());
    }

    public Family family() {
        return address.family();
    }

    /** Whether it is one that the kernel made itself (fe80::/10). */
    public boolean isLinkLocal() {
        byte[] bytes = address.toBytes();
        return bytes.length == 16 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xc0) == 0x80;
    }

    static int index(NetlinkMessage message) {
        return message.i32(4);
    }

    static Optional<InterfaceAddress> read(NetlinkMessage message) {
        int family = message.u8(0);
        if (family != Nl.AF_INET && family != Nl.AF_INET6) {
            return Optional.empty();
        }
        Attributes attributes = message.attributes(FIXED);
        return attributes
                .bytes(Nl.IFA_LOCAL)
                .or(() -> attributes.bytes(Nl.IFA_ADDRESS))
                .map(bytes -> new InterfaceAddress(IpAddress.of(bytes), message.u8(1)));
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
