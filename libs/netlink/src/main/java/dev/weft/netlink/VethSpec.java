package dev.weft.netlink;

import dev.weft.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A pair of veth interfaces to make in one step: one end in the namespace of the conversation, the
 * other in {@code peerNs}. So the far end never shows up in the near namespace, and a half-made
 * pair cannot be left behind.
 *
 * @param name of the near end
 * @param mac of the near end; {@code null} lets the kernel draw one
 * @param peerName of the far end
 * @param peerNs where the far end goes
 * @param peerMac of the far end; {@code null} lets the kernel draw one
 * @param mtu of both ends, in bytes
 * @param group of the near end, by which its maker finds it again; 0 is the kernel's default
 */
public record VethSpec(
        String name,
        @Nullable MacAddress mac,
        String peerName,
        NetNs peerNs,
        @Nullable MacAddress peerMac,
        int mtu,
        int group) {

    /** A pair that is in no group. */
    public VethSpec(
            String name,
            @Nullable MacAddress mac,
            String peerName,
            NetNs peerNs,
            @Nullable MacAddress peerMac,
            int mtu) {
        this(name, mac, peerName, peerNs, peerMac, mtu, 0);
    }

    /** The same in a group. */
    public VethSpec inGroup(int number) {
        return new VethSpec(name, mac, peerName, peerNs, peerMac, mtu, number);
    }

    public VethSpec {
        Link.requireName(name);
        Link.requireName(peerName);
        if (mtu < 68 || mtu > 65535) {
            throw new IllegalArgumentException(
                    "MTU " + mtu + " of " + name + " is not allowed: 68 to 65535");
        }
    }
}
