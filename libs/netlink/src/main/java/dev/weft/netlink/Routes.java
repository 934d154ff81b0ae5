package dev.weft.netlink;

import static dev.weft.netlink.wire.Nl.ACK;
import static dev.weft.netlink.wire.Nl.CREATE;
import static dev.weft.netlink.wire.Nl.DUMP;
import static dev.weft.netlink.wire.Nl.REPLACE;
import static dev.weft.netlink.wire.Nl.REQUEST;

import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.wire.MessageWriter;
import dev.weft.netlink.wire.Nl;
import java.util.List;
import java.util.Optional;

/** Unicast routes in the main table of one namespace. */
public final class Routes {
    private static final int SCOPE_NOWHERE = 255;

    private final Rtnetlink rtnetlink;

    Routes(Rtnetlink rtnetlink) {
        this.rtnetlink = rtnetlink;
    }

    /** All routes of a family. */
    public List<Route> list(Family family) {
        MessageWriter request = new MessageWriter(Nl.RTM_GETROUTE, REQUEST | DUMP);
        fixed(request, Families.number(family), 0, Nl.RT_TABLE_MAIN, 0, 0, 0, 0);
        return rtnetlink.dump("list routes", request).stream()
                .map(Route::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Adds the route, or puts it in the place of the one with the same destination and metric in
     * one step.
     *
     * @throws NetlinkException.Unreachable if the gateway is not on a connected network, or the
     *     link is down
     */
    public void replace(Route route) {
        rtnetlink.execute(
                "route " + route,
                message(
                        Nl.RTM_NEWROUTE,
                        REQUEST | ACK | CREATE | REPLACE,
                        route,
                        route.gateway() == null && route.destination().family() == Family.IPV4
                                ? Nl.SCOPE_LINK
                                : Nl.SCOPE_UNIVERSE));
    }

    /**
     * Deletes the route.
     *
     * @throws NetlinkException.NotFound if there is no such route
     */
    public void delete(Route route) {
        rtnetlink.execute(
                "delete route " + route,
                message(Nl.RTM_DELROUTE, REQUEST | ACK, route, SCOPE_NOWHERE));
    }

    private static MessageWriter message(int type, int flags, Route route, int scope) {
        MessageWriter message = new MessageWriter(type, flags);
        fixed(
                message,
                Families.number(route.destination().family()),
                route.destination().prefixLength(),
                Nl.RT_TABLE_MAIN,
                route.protocol(),
                scope,
                Nl.RTN_UNICAST,
                route.onLink() ? Nl.RTNH_F_ONLINK : 0);
        message.attribute(Nl.RTA_DST, route.destination().network().toBytes());
        IpAddress gateway = route.gateway();
        if (gateway != null) {
            message.attribute(Nl.RTA_GATEWAY, gateway.toBytes());
        }
        IpAddress source = route.source();
        if (source != null) {
            message.attribute(Nl.RTA_PREFSRC, source.toBytes());
        }
        if (route.metric() != 0) {
            message.attributeU32(Nl.RTA_PRIORITY, route.metric());
        }
        if (route.link() != 0) {
            message.attributeU32(Nl.RTA_OIF, route.link());
        }
        return message;
    }

    /** {@code struct rtmsg}. */
    private static void fixed(
            MessageWriter message,
            int family,
            int prefix,
            int table,
            int protocol,
            int scope,
            int type,
            int flags) {
        message.u8(family)
                .u8(prefix)
                .u8(0)
                .u8(0)
                .u8(table)
                .u8(protocol)
                .u8(scope)
                .u8(type)
                .u32(flags);
    }
}
