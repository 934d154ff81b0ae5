package dev.weft.netlink;

import dev.weft.net.Family;
import dev.weft.netlink.wire.Nl;

/** Numbers of the address families in netlink. */
final class Families {
    private Families() {}

    static int number(Family family) {
        return switch (family) {
            case IPV4 -> Nl.AF_INET;
            case IPV6 -> Nl.AF_INET6;
        };
    }
}
