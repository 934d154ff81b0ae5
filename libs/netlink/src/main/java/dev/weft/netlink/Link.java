package dev.weft.netlink;

import dev.weft.net.MacAddress;
import dev.weft.netlink.wire.Attributes;
import dev.weft.netlink.wire.NetlinkMessage;
import dev.weft.netlink.wire.Nl;
import org.jspecify.annotations.Nullable;

/**
 * A network interface.
 *
 * @param index number in its namespace
 * @param name at most 15 characters
 * @param kind such as {@code veth} or {@code tun}; empty for hardware and loopback
 * @param mac {@code null} for a link without Ethernet addresses
 * @param mtu in bytes, without the Ethernet header
 * @param up whether it was set up by an administrator
 * @param running whether it has a carrier
 * @param peerIndex index of the other end of a veth, in the other end's namespace; 0 for none
 * @param master index of the bridge or bond that it belongs to; 0 for none
 * @param group number that its maker gave it; 0 for none
 */
public record Link(
        int index,
        String name,
        String kind,
        @Nullable MacAddress mac,
        int mtu,
        boolean up,
        boolean running,
        int peerIndex,
        int master,
        int group) {
    static final int FIXED = 16;

    /** Longest name of an interface ({@code IFNAMSIZ} without the NUL). */
    public static final int MAX_NAME = 15;

    /** Reads an {@code RTM_NEWLINK} or {@code RTM_DELLINK}. */
    static Link read(NetlinkMessage message) {
        Attributes attributes = message.attributes(FIXED);
        int flags = message.i32(8);
        return new Link(
                message.i32(4),
                attributes.string(Nl.IFLA_IFNAME).orElse(""),
                attributes.nested(Nl.IFLA_LINKINFO).string(Nl.IFLA_INFO_KIND).orElse(""),
                attributes
                        .bytes(Nl.IFLA_ADDRESS)
                        .filter(bytes -> bytes.length == 6)
                        .map(MacAddress::of)
                        .orElse(null),
                attributes.i32(Nl.IFLA_MTU).orElse(0),
                (flags & Nl.IFF_UP) != 0,
                (flags & Nl.IFF_LOWER_UP) != 0,
                attributes.i32(Nl.IFLA_LINK).orElse(0),
                attributes.i32(Nl.IFLA_MASTER).orElse(0),
                attributes.i32(Nl.IFLA_GROUP).orElse(0));
    }

    /** Returns the name if the kernel would take it. */
    static String requireName(String name) {
        boolean allowed =
                !name.isEmpty()
                        && name.length() <= MAX_NAME
                        && !name.equals(".")
                        && !name.equals("..")
                        && name.chars()
                                .allMatch(
                                        c ->
                                                c > ' ' && c < 127 && c != '/' && c != ':'
                                                        && c != '%');
        if (!allowed) {
            throw new IllegalArgumentException(
                    "interface name '"
                            + name
                            + "' is not allowed: 1 to 15 printable ASCII characters without space, '/', ':' and '%'");
        }
        return name;
    }
}
