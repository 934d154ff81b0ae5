package dev.weft.node.pod;

import dev.weft.net.MacAddress;
import dev.weft.netlink.InterfaceAddress;

/**
 * One change in the kernel; its text says what is missing or different, for people and for CHECK.
 */
public sealed interface PodStep {
    /** Deletes a host's end whose other end is not the pod's. */
    record DeleteHost(String name) implements PodStep {
        @Override
        public String toString() {
            return "host interface " + name + " does not belong to the pod";
        }
    }

    /** Makes both ends. */
    record Create(PodLink link) implements PodStep {
        @Override
        public String toString() {
            return "interface " + link.podName() + " of the pod is missing";
        }
    }

    record HostMtu(int mtu) implements PodStep {
        @Override
        public String toString() {
            return "MTU of the host's end is not " + mtu;
        }
    }

    record HostUp() implements PodStep {
        @Override
        public String toString() {
            return "the host's end is down";
        }
    }

    record PodMtu(int mtu) implements PodStep {
        @Override
        public String toString() {
            return "MTU of the pod's end is not " + mtu;
        }
    }

    record PodMac(MacAddress mac) implements PodStep {
        @Override
        public String toString() {
            return "MAC address of the pod's end is not " + mac;
        }
    }

    record ChecksumsInPod() implements PodStep {
        @Override
        public String toString() {
            return "checksum offload of the pod's end is on";
        }
    }

    record AddAddress(InterfaceAddress address) implements PodStep {
        @Override
        public String toString() {
            return "address " + address + " is missing";
        }
    }

    record DeleteAddress(InterfaceAddress address) implements PodStep {
        @Override
        public String toString() {
            return "address " + address + " is not the pod's";
        }
    }

    record PodUp() implements PodStep {
        @Override
        public String toString() {
            return "the pod's end is down";
        }
    }

    record SetRoute(PodLink.PodRoute route) implements PodStep {
        @Override
        public String toString() {
            return "route " + route + " is missing";
        }
    }
}
