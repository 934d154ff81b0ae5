package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weft kill}. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description = "Kill a process of the lab (SIGKILL); `weft restart` starts it again.")
final class KillCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PROCESS",
            description = "As `weft status` names it: ipam, n1/node-daemon, ovn-northd.")
    private String name = "";

    @Override
    public Integer call() {
        try (Lab lab = Weft.lab()) {
            lab.process(name).kill();
            return 0;
        }
    }
}
