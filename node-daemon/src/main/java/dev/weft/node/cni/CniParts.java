package dev.weft.node.cni;

import dev.weft.netlink.NetNs;
import dev.weft.node.NodeConfig;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.node.pod.LinkRemovals;
import dev.weft.node.pod.PodKernel;
import io.micrometer.core.instrument.MeterRegistry;

/** The CNI commands put together. */
public final class CniParts implements AutoCloseable {
    private final CniService service;
    private final Plugger plugger;
    private final LinkRemovals removals;

    private CniParts(CniService service, Plugger plugger, LinkRemovals removals) {
        this.service = service;
        this.plugger = plugger;
        this.removals = removals;
    }

    /** The commands on this node. */
    public static CniParts of(
            Fabric fabric,
            PodKernel kernel,
            NetNs hostNs,
            boolean checksumsInPods,
            NodeConfig config,
            MeterRegistry metrics) {
        var removals = new LinkRemovals(kernel);
        metrics.gauge("weft.cni.removing", removals, LinkRemovals::size);
        var plugger = new Plugger(kernel, removals, config.parallel());
        var service =
                new CniService(
                        fabric,
                        new AddCommand(
                                fabric, plugger, hostNs, checksumsInPods, config.addTimeout()),
                        new DelCommand(fabric, plugger),
                        new CheckCommand(fabric, plugger, checksumsInPods),
                        new GcCommand(fabric, plugger),
                        metrics);
        return new CniParts(service, plugger, removals);
    }

    public CniService service() {
        return service;
    }

    /** Begins to delete what the kernel still has of pods that are gone. */
    public void start() {
        removals.start();
    }

    /** Takes ports away whose container's namespace is gone, and links that have no port. */
    public void removeDead(NodeOvs ovs) {
        plugger.removeUnplugged(ovs);
        GcCommand.removeDead(ovs, plugger);
    }

    /** What is not deleted yet is left to the daemon that starts next. */
    @Override
    public void close() {
        removals.close();
    }
}
