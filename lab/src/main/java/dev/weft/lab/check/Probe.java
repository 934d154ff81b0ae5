package dev.weft.lab.check;

import dev.weft.lab.host.NetNs;

/**
 * One way that a packet should be able to go.
 *
 * @param kind which row of the matrix it belongs to
 * @param from the namespace that sends
 * @param fromName for people
 * @param address where to, IPv4 or IPv6
 * @param toName for people
 */
public record Probe(Kind kind, NetNs from, String fromName, String address, String toName) {
    /** The ways of the matrix. */
    public enum Kind {
        SAME_NODE("pod → pod, same node"),
        ACROSS_NODES("pod → pod, across nodes"),
        ACROSS_SUBNETS("pod → pod, across subnets"),
        GATEWAY("pod → gateway"),
        NODE_TO_POD("node → pod");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Whether it goes over IPv6. */
    public boolean ipv6() {
        return address.contains(":");
    }

    @Override
    public String toString() {
        return fromName + " → " + toName + " (" + address + ")";
    }
}
