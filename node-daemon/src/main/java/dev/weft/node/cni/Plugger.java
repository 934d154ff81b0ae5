package dev.weft.node.cni;

import dev.weft.kube.Allocation;
import dev.weft.node.cni.Timing.Part;
import dev.weft.node.ovs.Attachment;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.node.ovs.PodRows;
import dev.weft.node.pod.LinkRemovals;
import dev.weft.node.pod.PodKernel;
import dev.weft.node.pod.PodLink;
import dev.weft.node.util.KeyedLocks;
import dev.weft.ovn.Desired;
import dev.weft.ovn.Owner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Plugs pods' interfaces into kernel and OVS and takes them out again; a few at a time, and one at
 * a time for each pod's interface, whose rows have one owner whatever the container.
 */
final class Plugger {
    private static final Duration REMOVAL = Duration.ofSeconds(10);

    private final PodKernel kernel;
    private final LinkRemovals removals;
    private final KeyedLocks<Owner> locks = new KeyedLocks<>();
    private final Semaphore places;

    Plugger(PodKernel kernel, LinkRemovals removals, int parallel) {
        this.kernel = kernel;
        this.removals = removals;
        this.places = new Semaphore(parallel, true);
    }

    /** Makes what is not there yet. When that is done, OVN still has to install the flows. */
    void plug(
            NodeOvs ovs,
            Attachment attachment,
            PodLink link,
            Allocation allocation,
            Deadline deadline,
            Timing timing) {
        timing.run(Part.QUEUE, places::acquireUninterruptibly);
        try (var _ = locks.lock(attachment.owner())) {
            timing.run(
                    Part.NETLINK,
                    () -> {
                        removals.keep(link.hostName());
                        kernel.ensure(link);
                    });
            timing.run(
                    Part.OVSDB,
                    () ->
                            ovs.apply(
                                    PodRows.desired(
                                            attachment, allocation.addresses(), allocation.mac()),
                                    deadline.left()));
        } finally {
            places.release();
        }
    }

    /**
     * Takes it out of OVS, and has its link deleted; whatever is gone already is no error. A newer
     * container of the same pod keeps what it has.
     */
    void unplug(NodeOvs ovs, Attachment attachment, Timing timing) {
        timing.run(Part.QUEUE, places::acquireUninterruptibly);
        try (var _ = locks.lock(attachment.owner())) {
            boolean ours =
                    ovs.ofContainer(attachment.containerId()).stream()
                            .anyMatch(other -> other.key().equals(attachment.key()));
            if (ours) {
                timing.run(
                        Part.OVSDB, () -> ovs.apply(Desired.nothing(attachment.owner()), REMOVAL));
            }
            removals.later(List.of(attachment.hostLink()));
        } finally {
            places.release();
        }
    }

    /** Has a host's end deleted that is not in OVS: ADD may have come no further. */
    void removeLink(String hostLink) {
        removals.later(List.of(hostLink));
    }

    /** Has all hosts' ends deleted that are not in OVS, such as those that a daemon before left. */
    void removeUnplugged(NodeOvs ovs) {
        removals.later(
                kernel.hostLinks().stream().filter(name -> ovs.find(name).isEmpty()).toList());
    }

    PodKernel kernel() {
        return kernel;
    }
}
