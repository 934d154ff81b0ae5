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
 */
public record VethSpec(
        String name,
        @Nullable MacAddress mac,
        String peerName,
        NetNs peerNs,
        @Nullable MacAddress peerMac,
        int mtu) {
    public VethSpec {
        Link.requireName(name);
        Link.requireName(peerName);
        if (mtu < 68 || mtu > 65535) {
            throw new IllegalArgumentException(
                    "MTU " + mtu + " of " + name + " is not allowed: 68 to 65535");
        }
    }
}
