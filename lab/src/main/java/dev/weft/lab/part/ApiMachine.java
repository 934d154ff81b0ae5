package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.NetNs;

/**
 * The machine that the Kubernetes API runs on when it has to reach the nodes, as for {@code kubectl
 * exec}: a namespace on the underlay.
 */
public final class ApiMachine {
    private final NetNs netns;

    public ApiMachine(LabLayout layout) {
        this.netns = layout.netns("api");
    }

    /** Its namespace. */
    public NetNs netns() {
        return netns;
    }

    /** Makes it and plugs it in, unless that is done. */
    public void ensure(Underlay underlay) {
        netns.create();
        underlay.plug(netns, "api");
        netns.ip("addr", "replace", Underlay.apiAddress() + "/24", "dev", "eth0");
    }
}
