package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weft vsctl NODE …}. */
@Command(
        name = "vsctl",
        description = "ovs-vsctl against a node's Open vSwitch: weft vsctl n1 show.")
final class VsctlCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NODE", description = "The node's name.")
    private String node = "";

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "What ovs-vsctl is given.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (Lab lab = Weft.lab()) {
            List<String> argv =
                    new ArrayList<>(List.of("ovs-vsctl", "--db=" + lab.node(node).ovsRemote()));
            argv.addAll(arguments);
            return Weft.foreground(argv, Map.of());
        }
    }
}
