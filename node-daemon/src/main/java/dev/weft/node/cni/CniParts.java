package dev.weft.node.cni;

import dev.weft.netlink.NetNs;
import dev.weft.node.NodeConfig;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.node.pod.PodKernel;
import io.micrometer.core.instrument.MeterRegistry;

/** The CNI commands put together. */
public final class CniParts {
    private final CniService service;
    private final Plugger plugger;

    private CniParts(CniService service, Plugger plugger) {
        this.service = service;
        this.plugger = plugger;
    }

    /** The commands on this node. */
    public static CniParts of(
            Fabric fabric,
            PodKernel kernel,
            NetNs hostNs,
            boolean checksumsInPods,
            NodeConfig config,
            MeterRegistry metrics) {
        var plugger = new Plugger(kernel, config.parallel());
        var service =
                new CniService(
                        fabric,
                        new AddCommand(
                                fabric, plugger, hostNs, checksumsInPods, config.addTimeout()),
                        new DelCommand(fabric, plugger),
                        new CheckCommand(fabric, plugger, checksumsInPods),
                        new GcCommand(fabric, plugger),
                        metrics);
        return new CniParts(service, plugger);
    }

    public CniService service() {
        return service;
    }

    /** Takes ports away whose container's namespace is gone. */
    public void removeDead(NodeOvs ovs) {
        GcCommand.removeDead(ovs, plugger);
    }
}
