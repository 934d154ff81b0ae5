package dev.weft.netlink;

import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.netlink.wire.Attributes;
import dev.weft.netlink.wire.NetlinkMessage;
import dev.weft.netlink.wire.Nl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel knows of a neighbour on a link (ARP for IPv4, neighbour discovery for IPv6).
 *
 * @param link index of the interface
 * @param mac {@code null} while it is being resolved, or when that failed
 * @param permanent whether it was set by hand and never expires
 */
public record Neighbour(int link, IpAddress address, @Nullable MacAddress mac, boolean permanent) {
    static final int FIXED = 12;

    static Optional<Neighbour> read(NetlinkMessage message) {
        Attributes attributes = message.attributes(FIXED);
        int state = message.u16(8);
        if ((state & Nl.NUD_NOARP) != 0) {
            return Optional.empty(); // multicast and broadcast: nothing was resolved
        }
        return attributes
                .bytes(Nl.NDA_DST)
                .map(
                        bytes ->
                                new Neighbour(
                                        message.i32(4),
                                        IpAddress.of(bytes),
                                        attributes
                                                .bytes(Nl.NDA_LLADDR)
                                                .filter(mac -> mac.length == 6)
                                                .map(MacAddress::of)
                                                .orElse(null),
                                        (state & Nl.NUD_PERMANENT) != 0));
    }
}
