package dev.weft.lab.part;

import dev.weft.lab.host.Launch;
import dev.weft.lab.host.NetNs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the daemons of Open vSwitch and OVN are started: each with its own folder instead of {@code
 * /var/run}.
 */
final class OvsDaemon {
    private OvsDaemon() {}

    /**
     * A daemon that returns when it is ready.
     *
     * @param part its name in the lab
     * @param file what its pid, log and control files are called
     */
    static Launch launch(
            String part,
            String file,
            Path dir,
            NetNs netns,
            boolean controlOption,
            List<String> argv) {
        Path pid = dir.resolve(file + ".pid");
        Path log = dir.resolve(file + ".log");
        List<String> line = new ArrayList<>(argv);
        line.addAll(
                List.of(
                        "-vconsole:off",
                        "--log-file=" + log,
                        "--pidfile=" + pid,
                        "--detach",
                        "--no-chdir"));
        if (controlOption) {
            // ovn-controller of OVN 23.03 lacks the option; its socket is named after its pid
            line.add("--unixctl=" + dir.resolve(file + ".ctl"));
        }
        return Launch.of(part, log, line).inside(netns).with(environment(dir)).daemonises(pid);
    }

    /**
     * What makes the tools and daemons use a folder: it is a node's identity on a machine with
     * several.
     */
    static Map<String, String> environment(Path dir) {
        String folder = dir.toString();
        return Map.of(
                "OVS_RUNDIR",
                folder,
                "OVN_RUNDIR",
                folder,
                "OVS_LOGDIR",
                folder,
                "OVN_LOGDIR",
                folder,
                "OVS_DBDIR",
                folder);
    }
}
