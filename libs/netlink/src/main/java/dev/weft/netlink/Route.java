package dev.weft.netlink;

import dev.weft.net.Cidr;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.wire.Attributes;
import dev.weft.netlink.wire.NetlinkMessage;
import dev.weft.netlink.wire.Nl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A unicast route of the main table. Two routes are the same to the kernel when destination and
 * metric are.
 *
 * @param destination {@code 0.0.0.0/0} or {@code ::/0} for the default route
 * @param gateway {@code null} for a directly connected network
 * @param link index of the interface; 0 where the kernel's route has several next hops
 * @param source preferred source address, {@code null} for the kernel's choice
 * @param metric less is preferred; for IPv6 the kernel turns 0 into 1024, and so does this record
 * @param protocol who made it ({@code RTPROT_*}): 2 kernel, 3 boot, 4 static, others are free for
 *     programs
 * @param onLink the gateway is taken to be on the link although no connected network says so
 */
public record Route(
        Cidr destination,
        @Nullable IpAddress gateway,
        int link,
        @Nullable IpAddress source,
        int metric,
        int protocol,
        boolean onLink) {
    /** A route that an administrator or a program set. */
    public static final int PROTOCOL_STATIC = 4;

    static final int FIXED = 12;
    private static final int IPV6_METRIC = 1024;

    public Route {
        if (metric == 0 && destination.family() == Family.IPV6) {
            metric = IPV6_METRIC;
        }
        sameFamily(destination, gateway, "gateway");
        sameFamily(destination, source, "source");
    }

    /** A static route to a destination through an interface. */
    public static Route to(Cidr destination, int link) {
        return new Route(destination, null, link, null, 0, PROTOCOL_STATIC, false);
    }

    /** The default route of a family through an interface. */
    public static Route byDefault(Family family, int link) {
        return to(Cidr.parse(family == Family.IPV4 ? "0.0.0.0/0" : "::/0"), link);
    }

    public Route via(IpAddress nextHop) {
        return new Route(destination, nextHop, link, source, metric, protocol, onLink);
    }

    public Route from(IpAddress preferred) {
        return new Route(destination, gateway, link, preferred, metric, protocol, onLink);
    }

    public Route madeBy(int maker) {
        return new Route(destination, gateway, link, source, metric, maker, onLink);
    }

    public Route throughOnLinkGateway() {
        return new Route(destination, gateway, link, source, metric, protocol, true);
    }

    /**
     * Reads an {@code RTM_NEWROUTE} or {@code RTM_DELROUTE}; empty for what is no unicast route of
     * the main table.
     */
    static Optional<Route> read(NetlinkMessage message) {
        int family = message.u8(0);
        Attributes attributes = message.attributes(FIXED);
        int table = attributes.i32(Nl.RTA_TABLE).orElse(message.u8(4));
        if ((family != Nl.AF_INET && family != Nl.AF_INET6)
                || table != Nl.RT_TABLE_MAIN
                || message.u8(7) != Nl.RTN_UNICAST) {
            return Optional.empty();
        }
        IpAddress network =
                attributes
                        .bytes(Nl.RTA_DST)
                        .map(IpAddress::of)
                        .orElseGet(() -> IpAddress.of(new byte[family == Nl.AF_INET ? 4 : 16]));
        IpAddress gateway = attributes.bytes(Nl.RTA_GATEWAY).map(IpAddress::of).orElse(null);
        return Optional.of(
                new Route(
                        new Cidr(network, message.u8(1)),
                        gateway,
                        attributes.i32(Nl.RTA_OIF).orElse(0),
                        attributes.bytes(Nl.RTA_PREFSRC).map(IpAddress::of).orElse(null),
                        attributes.i32(Nl.RTA_PRIORITY).orElse(0),
                        message.u8(5),
                        (message.i32(8) & Nl.RTNH_F_ONLINK) != 0));
    }

    private static void sameFamily(Cidr destination, @Nullable IpAddress address, String what) {
        if (address != null && address.family() != destination.family()) {
            throw new IllegalArgumentException(
                    what
                            + " "
                            + address
                            + " of the route to "
                            + destination
                            + " is of another address family");
        }
    }

    @Override
    public String toString() {
        return destination
                + (gateway == null ? "" : " via " + gateway)
                + " dev "
                + link
                + (source == null ? "" : " src " + source)
                + (metric == 0 ? "" : " metric " + metric)
                + (onLink ? " onlink" : "");
    }
}
