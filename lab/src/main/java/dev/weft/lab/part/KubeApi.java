package dev.weft.lab.part;

import dev.weft.lab.host.LabProcess;
import java.util.List;

/**
 * The lab's Kubernetes API; afterwards {@code LabLayout.kubeconfig()} leads to it, also from inside
 * the nodes.
 */
public sealed interface KubeApi permits RealKubeApi, EmbeddedKubeApi {
    /** Its processes in the order in which they are started. */
    List<LabProcess> processes();

    /** Starts what does not run, and writes the kubeconfig. */
    void ensure();
}
