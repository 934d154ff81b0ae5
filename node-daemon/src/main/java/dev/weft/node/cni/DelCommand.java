package dev.weft.node.cni;

import dev.weft.cni.CniAttachment;
import dev.weft.cni.CniRequest;
import dev.weft.node.ovs.Attachment;
import dev.weft.node.ovs.NodeOvs;

/**
 * DEL: takes away what ADD made, wherever it got to; nothing there is success, with or without a
 * namespace. It answers when the port is unplugged; the kernel's part goes on behind it.
 */
final class DelCommand {
    private final Fabric fabric;
    private final Plugger plugger;

    DelCommand(Fabric fabric, Plugger plugger) {
        this.fabric = fabric;
        this.plugger = plugger;
    }

    void run(CniRequest request, Timing timing) {
        CniAttachment key = request.attachment();
        try {
            NodeOvs ovs = fabric.ovs();
            ovs.ofContainer(key.containerId()).stream()
                    .filter(attachment -> attachment.key().equals(key))
                    .forEach(attachment -> plugger.unplug(ovs, attachment, timing));
        } finally {
            // Without OVS the pod's end goes at least; the error makes the runtime come again for
            // the port.
            plugger.removeLink(Attachment.hostLink(key.containerId(), key.ifName()));
        }
    }
}
