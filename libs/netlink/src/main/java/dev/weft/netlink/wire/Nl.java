package dev.weft.netlink.wire;

/**
 * Numbers of uapi {@code linux/netlink.h}, {@code rtnetlink.h}, {@code if_link.h}, {@code
 * if_addr.h} and {@code neighbour.h}.
 */
public final class Nl {
    // NLM_F_*
    public static final int REQUEST = 0x1;
    public static final int ACK = 0x4;
    public static final int DUMP_INTERRUPTED = 0x10;
    public static final int DUMP = 0x300;
    public static final int REPLACE = 0x100;
    public static final int EXCLUSIVE = 0x200;
    public static final int CREATE = 0x400;
    public static final int CAPPED = 0x100;
    public static final int ACK_TLVS = 0x200;

    // message types
    public static final int RTM_NEWLINK = 16;
    public static final int RTM_DELLINK = 17;
    public static final int RTM_GETLINK = 18;
    public static final int RTM_SETLINK = 19;
    public static final int RTM_NEWADDR = 20;
    public static final int RTM_DELADDR = 21;
    public static final int RTM_GETADDR = 22;
    public static final int RTM_NEWROUTE = 24;
    public static final int RTM_DELROUTE = 25;
    public static final int RTM_GETROUTE = 26;
    public static final int RTM_NEWNEIGH = 28;
    public static final int RTM_DELNEIGH = 29;
    public static final int RTM_GETNEIGH = 30;

    // multicast groups, as bits of sockaddr_nl.nl_groups
    public static final int GROUP_LINK = 0x1;
    public static final int GROUP_IPV4_IFADDR = 0x10;
    public static final int GROUP_IPV4_ROUTE = 0x40;
    public static final int GROUP_IPV6_IFADDR = 0x100;
    public static final int GROUP_IPV6_ROUTE = 0x400;

    // address families
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;

    // links
    public static final int IFF_UP = 0x1;
    public static final int IFF_LOWER_UP = 0x10000;
    public static final int IFLA_ADDRESS = 1;
    public static final int IFLA_IFNAME = 3;
    public static final int IFLA_MTU = 4;
    public static final int IFLA_LINK = 5;
    public static final int IFLA_MASTER = 10;
    public static final int IFLA_LINKINFO = 18;
    public static final int IFLA_AF_SPEC = 26;
    public static final int IFLA_GROUP = 27;
    public static final int IFLA_NET_NS_FD = 28;
    public static final int IFLA_LINK_NETNSID = 37;
    public static final int IFLA_INFO_KIND = 1;
    public static final int IFLA_INFO_DATA = 2;
    public static final int IFLA_INET6_ADDR_GEN_MODE = 8;
    public static final int ADDR_GEN_MODE_NONE = 1;
    public static final int VETH_INFO_PEER = 1;

    // addresses
    public static final int IFA_ADDRESS = 1;
    public static final int IFA_LOCAL = 2;
    public static final int IFA_FLAGS = 8;
    public static final int IFA_F_NODAD = 0x02;
    public static final int IFA_F_DADFAILED = 0x08;
    public static final int IFA_F_TENTATIVE = 0x40;

    // routes
    public static final int RTA_DST = 1;
    public static final int RTA_OIF = 4;
    public static final int RTA_GATEWAY = 5;
    public static final int RTA_PRIORITY = 6;
    public static final int RTA_PREFSRC = 7;
    public static final int RTA_TABLE = 15;
    public static final int RTNH_F_ONLINK = 4;
    public static final int RTN_UNICAST = 1;
    public static final int RT_TABLE_MAIN = 254;
    public static final int SCOPE_UNIVERSE = 0;
    public static final int SCOPE_LINK = 253;

    // neighbours
    public static final int NDA_DST = 1;
    public static final int NDA_LLADDR = 2;
    public static final int NUD_PERMANENT = 0x80;
    public static final int NUD_NOARP = 0x40;
    public static final int NUD_REACHABLE = 0x02;

    private Nl() {}
}
