package dev.weft.lab;

import dev.weft.lab.host.Cgroups;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Mounts;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.part.Kubelet;
import dev.weft.lab.part.KubeletNode;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Removes a lab: every process, namespace, interface and folder that it made. It needs nothing but
 * the lab's name, so it works after a crash half-way too. Interfaces go with their namespaces: none
 * is made outside.
 */
public final class LabDown {
    private LabDown() {}

    /** What was removed. */
    public record Removed(int processes, int namespaces, boolean folder) {
        /** Whether there was anything. */
        public boolean anything() {
            return processes > 0 || namespaces > 0 || folder;
        }
    }

    /** Removes the lab of this layout; nothing happens when there is none. */
    public static Removed down(LabLayout layout) {
        // killed, not stopped: nothing of it is to be kept, and daemons that end well write a lot
        // while doing so
        int processes = LabProcess.killAll(layout.dir());
        processes += containers(layout);
        List<NetNs> namespaces = NetNs.withPrefix(layout.prefix());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            namespaces.forEach(namespace -> threads.submit(namespace::delete));
        }
        List<NetNs> left = NetNs.withPrefix(layout.prefix());
        left.forEach(NetNs::delete);
        boolean folder = Files.exists(layout.dir());
        if (folder) {
            Command.of("rm", "-rf", layout.dir().toString()).output();
        }
        return new Removed(processes, namespaces.size(), folder);
    }

    /** Removes what kubelets and runtimes left, if there were any; returns how many processes. */
    private static int containers(LabLayout layout) {
        int processes = Cgroups.removeWithPrefix(Kubelet.cgroupPrefix(layout));
        Mounts.unmountBeneath(layout.dir());
        String[] nodes = layout.file("node").toFile().list();
        for (String node : nodes == null ? new String[0] : nodes) {
            KubeletNode.forget(layout.node(node));
        }
        return processes;
    }
}
