package dev.weft.node.cni;

import dev.weft.cni.CniAttachment;
import dev.weft.cni.CniRequest;
import dev.weft.netlink.NetNs;
import dev.weft.node.ovs.Attachment;
import dev.weft.node.ovs.NodeOvs;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GC: takes away what belongs to no container that the runtime knows of. */
final class GcCommand {
    private static final Logger LOG = LoggerFactory.getLogger(GcCommand.class);

    private final Fabric fabric;
    private final Plugger plugger;

    GcCommand(Fabric fabric, Plugger plugger) {
        this.fabric = fabric;
        this.plugger = plugger;
    }

    /**
     * The network's attachments that are not in the runtime's list of valid ones go; other
     * networks' stay.
     */
    void run(CniRequest request, Timing timing) {
        Set<CniAttachment> valid =
                new HashSet<>(Objects.requireNonNull(request.config().validAttachments()));
        String network = request.config().name();
        remove(
                fabric.ovs(),
                plugger,
                attachment ->
                        attachment.network().equals(network) && !valid.contains(attachment.key()),
                timing);
    }

    /**
     * Ports of containers whose namespace is gone, such as after a reboot or while no daemon ran.
     */
    static void removeDead(NodeOvs ovs, Plugger plugger) {
        remove(
                ovs,
                plugger,
                attachment -> !NetNs.at(Path.of(attachment.netns())).exists(),
                new Timing());
    }

    private static void remove(
            NodeOvs ovs, Plugger plugger, Predicate<Attachment> superfluous, Timing timing) {
        List<Attachment> gone =
                ovs.plugged().stream()
                        .map(Attachment::of)
                        .flatMap(Optional::stream)
                        .filter(superfluous)
                        .toList();
        RuntimeException failure = null;
        for (Attachment attachment : gone) {
            try {
                plugger.unplug(ovs, attachment, timing);
                LOG.info(
                        "removed {} of container {}, pod {}",
                        attachment.hostLink(),
                        attachment.containerId(),
                        attachment.podKey());
            } catch (RuntimeException e) {
                failure = e; // the others first: one that cannot be removed must not keep them
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
