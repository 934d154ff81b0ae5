package dev.weft.node.cni;

import dev.weft.cni.CniAttachment;
import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.cni.CniRequest;
import dev.weft.netlink.Link;
import dev.weft.netlink.NetlinkException;
import dev.weft.node.ovs.Attachment;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.node.pod.PodLink;
import dev.weft.node.pod.PodLinkPlan;
import dev.weft.node.pod.PodStep;
import dev.weft.ovn.ovs.Interface;
import dev.weft.ovsdb.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * CHECK: compares kernel and OVS with the result of ADD that the runtime kept; names every
 * difference, mends none.
 */
final class CheckCommand {
    private final Fabric fabric;
    private final Plugger plugger;
    private final boolean checksumsInPods;

    CheckCommand(Fabric fabric, Plugger plugger, boolean checksumsInPods) {
        this.fabric = fabric;
        this.plugger = plugger;
        this.checksumsInPods = checksumsInPods;
    }

    void run(CniRequest request) {
        CniAttachment key = request.attachment();
        NodeOvs ovs = fabric.ovs();
        Attachment attachment =
                ovs.ofContainer(key.containerId()).stream()
                        .filter(other -> other.key().equals(key))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        failed(
                                                List.of(
                                                        "OVS has no port of container "
                                                                + key.containerId()
                                                                + ", interface "
                                                                + key.ifName())));
        var differences = new ArrayList<String>();
        ovs.find(attachment.hostLink()).ifPresent(row -> compare(row, attachment, differences));
        int mtu = plugger.kernel().hostLink(attachment.hostLink()).map(Link::mtu).orElse(1500);
        PodLink wanted = PodLinks.from(request, attachment, mtu, checksumsInPods);
        try {
            PodLinkPlan.plan(wanted, plugger.kernel().read(wanted)).stream()
                    .map(PodStep::toString)
                    .forEach(differences::add);
        } catch (NetlinkException | PodLinkPlan.ForeignInterfaceException e) {
            differences.add(String.valueOf(e.getMessage()));
        }
        if (!differences.isEmpty()) {
            throw failed(differences);
        }
    }

    private static void compare(Row row, Attachment attachment, List<String> differences) {
        var ids = row.get(Interface.EXTERNAL_IDS);
        if (!attachment.portName().equals(ids.get("iface-id"))) {
            differences.add(
                    "OVS interface "
                            + attachment.hostLink()
                            + " has iface-id "
                            + ids.get("iface-id")
                            + ", not "
                            + attachment.portName());
        }
        row.get(Interface.ERROR).ifPresent(error -> differences.add("ovs-vswitchd: " + error));
        if (!NodeOvs.isInstalled(row)) {
            differences.add(
                    "ovn-controller has not installed the flows of port " + attachment.portName());
        }
    }

    private static CniException failed(List<String> differences) {
        return new CniException(
                CniErrorCode.CHECK_FAILED,
                "attachment is not as ADD made it",
                String.join("; ", differences));
    }
}
