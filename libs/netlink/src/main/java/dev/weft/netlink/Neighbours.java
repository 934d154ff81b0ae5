package dev.weft.netlink;

import static dev.weft.netlink.wire.Nl.ACK;
import static dev.weft.netlink.wire.Nl.CREATE;
import static dev.weft.netlink.wire.Nl.DUMP;
import static dev.weft.netlink.wire.Nl.REPLACE;
import static dev.weft.netlink.wire.Nl.REQUEST;

import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.netlink.wire.MessageWriter;
import dev.weft.netlink.wire.Nl;
import java.util.List;
import java.util.Optional;

/** The neighbour tables (ARP and IPv6) of one namespace. */
public final class Neighbours {
    private final Rtnetlink rtnetlink;

    Neighbours(Rtnetlink rtnetlink) {
        this.rtnetlink = rtnetlink;
    }

    /** What is known of the neighbours on this link. */
    public List<Neighbour> list(int link) {
        return rtnetlink
                .dump("list neighbours", fixed(Nl.RTM_GETNEIGH, REQUEST | DUMP, 0, 0, 0))
                .stream()
                .map(Neighbour::read)
                .flatMap(Optional::stream)
                .filter(neighbour -> neighbour.link() == link)
                .toList();
    }

    /** Sets a neighbour that never expires, in the place of what was known of it. */
    public void setPermanent(int link, IpAddress address, MacAddress mac) {
        rtnetlink.execute(
                "neighbour " + address + " at " + mac + " on link " + link,
                fixed(
                                Nl.RTM_NEWNEIGH,
                                REQUEST | ACK | CREATE | REPLACE,
                                Families.number(address.family()),
                                link,
                                Nl.NUD_PERMANENT)
                        .attribute(Nl.NDA_DST, address.toBytes())
                        .attribute(Nl.NDA_LLADDR, mac.toBytes()));
    }

    /**
     * Forgets a neighbour.
     *
     * @throws NetlinkException.NotFound if nothing was known of it
     */
    public void delete(int link, IpAddress address) {
        rtnetlink.execute(
                "delete neighbour " + address + " on link " + link,
                fixed(Nl.RTM_DELNEIGH, REQUEST | ACK, Families.number(address.family()), link, 0)
                        .attribute(Nl.NDA_DST, address.toBytes()));
    }

    /** Forgets all neighbours on this link except the permanent ones. */
    public void flush(int link) {
        for (Neighbour neighbour : list(link)) {
            if (!neighbour.permanent()) {
                try {
                    delete(link, neighbour.address());
                } catch (NetlinkException.NotFound _) {
                    continue; // it expired meanwhile
                }
            }
        }
    }

    /** {@code struct ndmsg}. */
    private static MessageWriter fixed(
            int type, int messageFlags, int family, int link, int state) {
        return new MessageWriter(type, messageFlags)
                .u8(family)
                .u8(0)
                .u16(0)
                .u32(link)
                .u16(state)
                .u8(0)
                .u8(0);
    }
}
