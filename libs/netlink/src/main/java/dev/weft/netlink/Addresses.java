package dev.weft.netlink;

import static dev.weft.netlink.wire.Nl.ACK;
import static dev.weft.netlink.wire.Nl.CREATE;
import static dev.weft.netlink.wire.Nl.DUMP;
import static dev.weft.netlink.wire.Nl.EXCLUSIVE;
import static dev.weft.netlink.wire.Nl.REQUEST;

import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.wire.MessageWriter;
import dev.weft.netlink.wire.Nl;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Addresses of the interfaces of one namespace. */
public final class Addresses {
    private final Rtnetlink rtnetlink;

    Addresses(Rtnetlink rtnetlink) {
        this.rtnetlink = rtnetlink;
    }

    /** The addresses of this interface, of both families, link-local ones too. */
    public List<InterfaceAddress> list(int index) {
        return rtnetlink
                .dump(
                        "list addresses of link " + index,
                        fixed(Nl.RTM_GETADDR, REQUEST | DUMP, 0, 0, 0, index))
                .stream()
                .filter(message -> InterfaceAddress.index(message) == index)
                .map(InterfaceAddress::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Index of the link that has this address. */
    public OptionalInt find(IpAddress address) {
        return rtnetlink
                .dump(
                        "find address " + address,
                        fixed(
                                Nl.RTM_GETADDR,
                                REQUEST | DUMP,
                                Families.number(address.family()),
                                0,
                                0,
                                0))
                .stream()
                .filter(
                        message ->
                                InterfaceAddress.read(message)
                                        .filter(a -> a.address().equals(address))
                                        .isPresent())
                .mapToInt(InterfaceAddress::index)
                .findFirst();
    }

    /**
     * Adds an address, usable at once: IPv6 addresses are not checked for duplicates (nodad), since
     * the fabric gave them out.
     *
     * @throws NetlinkException.Exists if the interface has it
     */
    public void add(int index, InterfaceAddress address) {
        rtnetlink.execute(
                "add address " + address + " to link " + index,
                message(Nl.RTM_NEWADDR, REQUEST | ACK | CREATE | EXCLUSIVE, index, address)
                        .attributeU32(
                                Nl.IFA_FLAGS,
                                address.family() == Family.IPV6 ? Nl.IFA_F_NODAD : 0));
    }

    /**
     * Takes an address away.
     *
     * @throws NetlinkException.NotFound if the interface does not have it
     */
    public void delete(int index, InterfaceAddress address) {
        rtnetlink.execute(
                "delete address " + address + " of link " + index,
                message(Nl.RTM_DELADDR, REQUEST | ACK, index, address));
    }

    private static MessageWriter message(int type, int flags, int index, InterfaceAddress address) {
        byte[] bytes = address.address().toBytes();
        return fixed(
                        type,
                        flags,
                        Families.number(address.family()),
                        address.prefixLength(),
                        0,
                        index)
                .attribute(Nl.IFA_LOCAL, bytes)
                .attribute(Nl.IFA_ADDRESS, bytes);
    }

    /** {@code struct ifaddrmsg}. */
    private static MessageWriter fixed(
            int type, int messageFlags, int family, int prefix, int scope, int index) {
        return new MessageWriter(type, messageFlags)
                .u8(family)
                .u8(prefix)
                .u8(0)
                .u8(scope)
                .u32(index);
    }
}
