package dev.weft.netlink;

import static dev.weft.netlink.wire.Nl.ACK;
import static dev.weft.netlink.wire.Nl.CREATE;
import static dev.weft.netlink.wire.Nl.DUMP;
import static dev.weft.netlink.wire.Nl.EXCLUSIVE;
import static dev.weft.netlink.wire.Nl.REQUEST;

import dev.weft.net.MacAddress;
import dev.weft.netlink.libc.FileDescriptor;
import dev.weft.netlink.wire.MessageWriter;
import dev.weft.netlink.wire.Nl;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Network interfaces of one namespace. Errors are {@link NetlinkException}s; names are checked
 * before the kernel is asked.
 */
public final class Links {
    private final Rtnetlink rtnetlink;

    Links(Rtnetlink rtnetlink) {
        this.rtnetlink = rtnetlink;
    }

    /** All interfaces. */
    public List<Link> list() {
        return rtnetlink.dump("list links", fixed(Nl.RTM_GETLINK, REQUEST | DUMP, 0, 0, 0)).stream()
                .map(Link::read)
                .toList();
    }

    /** The interface of this name. */
    public Optional<Link> find(String name) {
        MessageWriter request =
                fixed(Nl.RTM_GETLINK, REQUEST, 0, 0, 0)
                        .attributeString(Nl.IFLA_IFNAME, Link.requireName(name));
        try {
            return Optional.of(Link.read(rtnetlink.get("link " + name, request)));
        } catch (NetlinkException.NoSuchDevice _) {
            return Optional.empty();
        }
    }

    /**
     * The interface of this name.
     *
     * @throws NetlinkException.NoSuchDevice if there is none
     */
    public Link get(String name) {
        return find(name)
                .orElseThrow(() -> NetlinkException.of(Errno.ENODEV.code(), "link " + name));
    }

    /** The interface with this index. */
    public Optional<Link> find(int index) {
        try {
            return Optional.of(
                    Link.read(
                            rtnetlink.get(
                                    "link " + index, fixed(Nl.RTM_GETLINK, REQUEST, index, 0, 0))));
        } catch (NetlinkException.NoSuchDevice _) {
            return Optional.empty();
        }
    }

    /**
     * Makes a pair, both ends down.
     *
     * @throws NetlinkException.Exists if one of the names is taken
     * @throws NetlinkException.NotFound if the peer's namespace is gone
     */
    public void createVeth(VethSpec spec) {
        try (FileDescriptor peerNs = spec.peerNs().open()) {
            MessageWriter request =
                    fixed(Nl.RTM_NEWLINK, REQUEST | ACK | CREATE | EXCLUSIVE, 0, 0, 0);
            end(request, spec.name(), spec.mac(), spec.mtu());
            request.attributeU32(Nl.IFLA_GROUP, spec.group());
            request.nested(
                    Nl.IFLA_LINKINFO,
                    info ->
                            info.attributeString(Nl.IFLA_INFO_KIND, "veth")
                                    .nested(
                                            Nl.IFLA_INFO_DATA,
                                            data ->
                                                    data.nested(
                                                            Nl.VETH_INFO_PEER,
                                                            peer -> {
                                                                fixed(peer, 0, 0, 0);
                                                                end(
                                                                        peer,
                                                                        spec.peerName(),
                                                                        spec.peerMac(),
                                                                        spec.mtu());
                                                                peer.attributeU32(
                                                                        Nl.IFLA_NET_NS_FD,
                                                                        peerNs.number());
                                                            })));
            rtnetlink.execute(
                    "create veth "
                            + spec.name()
                            + " with peer "
                            + spec.peerName()
                            + " in "
                            + spec.peerNs(),
                    request);
        }
    }

    public void setUp(int index) {
        set(
                "set link " + index + " up",
                fixed(Nl.RTM_SETLINK, REQUEST | ACK, index, Nl.IFF_UP, Nl.IFF_UP));
    }

    public void setDown(int index) {
        set(
                "set link " + index + " down",
                fixed(Nl.RTM_SETLINK, REQUEST | ACK, index, 0, Nl.IFF_UP));
    }

    /**
     * Gives the interface another name.
     *
     * @throws NetlinkException.Busy where the kernel wants it down for this
     */
    public void rename(int index, String name) {
        set(
                "rename link " + index + " to " + name,
                change(index).attributeString(Nl.IFLA_IFNAME, Link.requireName(name)));
    }

    public void setMtu(int index, int mtu) {
        set(
                "set MTU of link " + index + " to " + mtu,
                change(index).attributeU32(Nl.IFLA_MTU, mtu));
    }

    public void setMac(int index, MacAddress mac) {
        set(
                "set MAC of link " + index + " to " + mac,
                change(index).attribute(Nl.IFLA_ADDRESS, mac.toBytes()));
    }

    /**
     * Keeps the kernel from giving the link an IPv6 link-local address by itself when it goes up.
     */
    public void withoutLinkLocal(int index) {
        set(
                "stop address generation of link " + index,
                change(index)
                        .nested(
                                Nl.IFLA_AF_SPEC,
                                families ->
                                        families.nested(
                                                Nl.AF_INET6,
                                                inet6 ->
                                                        inet6.attributeU8(
                                                                Nl.IFLA_INET6_ADDR_GEN_MODE,
                                                                Nl.ADDR_GEN_MODE_NONE))));
    }

    /**
     * Deletes the interface; with a veth its other end goes too.
     *
     * @throws NetlinkException.NoSuchDevice if it is gone already
     */
    public void delete(int index) {
        set("delete link " + index, fixed(Nl.RTM_DELLINK, REQUEST | ACK, index, 0, 0));
    }

    /** Deletes the interface of this name; says whether there was one. */
    public boolean delete(String name) {
        try {
            set(
                    "delete link " + name,
                    fixed(Nl.RTM_DELLINK, REQUEST | ACK, 0, 0, 0)
                            .attributeString(Nl.IFLA_IFNAME, Link.requireName(name)));
            return true;
        } catch (NetlinkException.NoSuchDevice _) {
            return false;
        }
    }

    /**
     * Whether packets leave the interface with their checksums computed later, by who receives
     * them.
     */
    public boolean hasTxChecksumOffload(String name) {
        return Ethtool.txChecksum(rtnetlink.socket().number(), Link.requireName(name));
    }

    /**
     * Has the kernel compute the checksums of packets that leave the interface, as {@code ethtool
     * -K NAME tx off}: needed where the other end is read through AF_PACKET (the userspace datapath
     * of OVS), which would pass blank checksums on.
     */
    public void disableTxChecksumOffload(String name) {
        Ethtool.setTxChecksum(rtnetlink.socket().number(), Link.requireName(name), false);
    }

    private void set(String what, MessageWriter request) {
        rtnetlink.execute(what, request);
    }

    private static MessageWriter change(int index) {
        return fixed(Nl.RTM_SETLINK, REQUEST | ACK, index, 0, 0);
    }

    private static MessageWriter fixed(int type, int messageFlags, int index, int flags, int mask) {
        return fixed(new MessageWriter(type, messageFlags), index, flags, mask);
    }

    /** {@code struct ifinfomsg}. */
    private static MessageWriter fixed(MessageWriter message, int index, int flags, int mask) {
        return message.u32(0).u32(index).u32(flags).u32(mask);
    }

    private static void end(MessageWriter message, String name, @Nullable MacAddress mac, int mtu) {
        message.attributeString(Nl.IFLA_IFNAME, name).attributeU32(Nl.IFLA_MTU, mtu);
        if (mac != null) {
            message.attribute(Nl.IFLA_ADDRESS, mac.toBytes());
        }
    }
}
