package dev.weft.node.pod;

import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Compares a pod's interface with what it should be. Pure. */
public final class PodLinkPlan {
    private PodLinkPlan() {}

    /** The pod has an interface of that name which is not ours; it is never touched. */
    public static final class ForeignInterfaceException extends RuntimeException {
        ForeignInterfaceException(String message) {
            super(message);
        }
    }

    /**
     * The steps from what is to what should be, in their order; none when all is right.
     *
     * @throws ForeignInterfaceException when somebody else's interface has the name in the pod
     */
    public static List<PodStep> plan(PodLink wanted, PodLinkState is) {
        var steps = new ArrayList<PodStep>();
        Link host = is.host();
        Link pod = is.pod();
        if (host == null || pod == null || !is.isPair()) {
            if (pod != null) {
                throw new ForeignInterfaceException(
                        "namespace "
                                + wanted.podNs()
                                + " has an interface "
                                + wanted.podName()
                                + " already, which is not the other end of "
                                + wanted.hostName());
            }
            if (host != null) {
                steps.add(new PodStep.DeleteHost(wanted.hostName()));
            }
            steps.add(new PodStep.Create(wanted));
            steps.add(new PodStep.HostUp());
            addressing(wanted, PodLinkState.NOTHING, false, steps);
            return List.copyOf(steps);
        }
        if (host.mtu() != wanted.mtu()) {
            steps.add(new PodStep.HostMtu(wanted.mtu()));
        }
        if (!host.up()) {
            steps.add(new PodStep.HostUp());
        }
        if (pod.mtu() != wanted.mtu()) {
            steps.add(new PodStep.PodMtu(wanted.mtu()));
        }
        if (!wanted.mac().equals(pod.mac())) {
            steps.add(new PodStep.PodMac(wanted.mac()));
        }
        addressing(wanted, is, pod.up(), steps);
        return List.copyOf(steps);
    }

    private static void addressing(
            PodLink wanted, PodLinkState is, boolean up, List<PodStep> steps) {
        if (wanted.checksumsInPod() && is.checksumOffload()) {
            steps.add(new PodStep.ChecksumsInPod());
        }
        for (InterfaceAddress address : is.addresses()) {
            if (!wanted.addresses().contains(address)) {
                steps.add(new PodStep.DeleteAddress(address));
            }
        }
        for (InterfaceAddress address : wanted.addresses()) {
            if (!is.addresses().contains(address)) {
                steps.add(new PodStep.AddAddress(address));
            }
        }
        if (!up) {
            steps.add(new PodStep.PodUp());
        }
        for (PodLink.PodRoute route : wanted.routes()) {
            // a link that was down has lost its routes
            if (!up || is.routes().stream().noneMatch(there -> same(route, there))) {
                steps.add(new PodStep.SetRoute(route));
            }
        }
    }

    private static boolean same(PodLink.PodRoute wanted, Route is) {
        return is.destination().equals(wanted.destination())
                && Objects.equals(is.gateway(), wanted.gateway());
    }
}
