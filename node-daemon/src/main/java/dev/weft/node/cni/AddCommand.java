package dev.weft.node.cni;

import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.cni.CniPod;
import dev.weft.cni.CniRequest;
import dev.weft.cni.CniResult;
import dev.weft.kube.Names;
import dev.weft.net.MacAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.NetNs;
import dev.weft.node.cni.Timing.Part;
import dev.weft.node.ovs.Attachment;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.node.pod.PodLink;
import dev.weft.node.util.Cancellation;
import dev.weft.ovn.ovs.Interface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * ADD: waits for the lease, plugs the pod, waits until OVN has installed its flows. What is there
 * already is kept, so a second ADD gives the same answer; what it made is taken away again when it
 * fails.
 */
final class AddCommand {
    private final Fabric fabric;
    private final Leases leases;
    private final Plugger plugger;
    private final NetNs hostNs;
    private final boolean checksumsInPods;
    private final Duration usualTime;

    AddCommand(
            Fabric fabric,
            Plugger plugger,
            NetNs hostNs,
            boolean checksumsInPods,
            Duration usualTime) {
        this.fabric = fabric;
        this.leases = new Leases(fabric.kube().pods());
        this.plugger = plugger;
        this.hostNs = hostNs;
        this.checksumsInPods = checksumsInPods;
        this.usualTime = usualTime;
    }

    CniResult run(CniRequest request, Cancellation cancellation, Timing timing) {
        Deadline deadline = Deadline.of(request, usualTime);
        Attachment attachment = attachment(request);
        NodeOvs ovs = fabric.ovs();
        Leases.Lease lease =
                timing.of(
                        Part.ANNOTATIONS,
                        () ->
                                leases.await(
                                        pod(request),
                                        attachment.provider(),
                                        deadline,
                                        cancellation));
        int mtu = fabric.mtu(lease.allocation().subnet());
        PodLink link = PodLinks.of(attachment, lease, mtu, checksumsInPods);
        try {
            plugger.plug(ovs, attachment, link, lease.allocation(), deadline, timing);
            timing.run(Part.INSTALLED, () -> awaitFlows(ovs, attachment, deadline, cancellation));
            return PodLinks.result(link, hostMac(attachment), request);
        } catch (RuntimeException e) {
            undo(ovs, attachment, e);
            throw e;
        }
    }

    private Attachment attachment(CniRequest request) {
        CniPod pod = pod(request);
        String netns = Objects.requireNonNull(request.netns());
        NetNs podNs = NetNs.at(Path.of(netns));
        if (!podNs.exists()) {
            throw invalid("CNI_NETNS", netns, "a network namespace that exists");
        }
        if (podNs.sameAs(hostNs)) {
            throw invalid("CNI_NETNS", netns, "another network namespace than the node's");
        }
        String containerId = request.attachment().containerId();
        String ifName = request.attachment().ifName();
        String provider = request.config().provider();
        return new Attachment(
                containerId,
                ifName,
                request.config().name(),
                provider == null || provider.isEmpty() ? Names.PRIMARY_PROVIDER : provider,
                pod.namespace(),
                pod.name(),
                netns,
                Attachment.hostLink(containerId, ifName));
    }

    private static CniPod pod(CniRequest request) {
        return request.args()
                .pod()
                .orElseThrow(
                        () ->
                                new CniException(
                                        CniErrorCode.INVALID_ENVIRONMENT,
                                        "missing pod in CNI_ARGS",
                                        "CNI_ARGS must have K8S_POD_NAMESPACE and K8S_POD_NAME: addresses are leased to pods"));
    }

    private static void awaitFlows(
            NodeOvs ovs, Attachment attachment, Deadline deadline, Cancellation cancellation) {
        String name = attachment.hostLink();
        ovs.gate()
                .await(
                        name,
                        () -> ovs.find(name).filter(NodeOvs::isInstalled),
                        deadline.left(),
                        cancellation)
                .orElseThrow(
                        () ->
                                new CniException(
                                        CniErrorCode.TRY_AGAIN_LATER,
                                        "pod is not connected yet",
                                        ovs.find(name)
                                                .flatMap(row -> row.get(Interface.ERROR))
                                                .map(
                                                        error ->
                                                                "ovs-vswitchd cannot use "
                                                                        + name
                                                                        + ": "
                                                                        + error)
                                                .orElse(
                                                        "ovn-controller has not installed the flows of port "
                                                                + attachment.portName()
                                                                + " within "
                                                                + deadline
                                                                + ": it does not run, or the port is not in the northbound database")));
    }

    private String hostMac(Attachment attachment) {
        return plugger.kernel()
                .hostLink(attachment.hostLink())
                .map(Link::mac)
                .map(MacAddress::toString)
                .orElseThrow(
                        () ->
                                new CniException(
                                        CniErrorCode.TRY_AGAIN_LATER,
                                        "pod went away",
                                        attachment.hostLink() + " was deleted meanwhile"));
    }

    private void undo(NodeOvs ovs, Attachment attachment, RuntimeException cause) {
        try {
            plugger.unplug(ovs, attachment, new Timing());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static CniException invalid(String variable, String value, String allowed) {
        return new CniException(
                CniErrorCode.INVALID_ENVIRONMENT,
                "invalid " + variable,
                variable + " is '" + value + "', allowed is " + allowed);
    }
}
