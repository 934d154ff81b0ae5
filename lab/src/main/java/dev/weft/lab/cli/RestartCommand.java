package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import dev.weft.lab.host.LabProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft restart}. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description =
                "Stop a process of the lab and start it again; also starts one that was killed.")
final class RestartCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PROCESS",
            description = "As `weft status` names it: ipam, n1/node-daemon, ovn-northd.")
    private String name = "";

    @Option(names = "--kill", description = "With SIGKILL instead of asking.")
    private boolean kill;

    @Override
    public Integer call() {
        try (Lab lab = Weft.lab()) {
            LabProcess process = lab.process(name);
            long from = System.nanoTime();
            if (kill) {
                process.kill();
            } else {
                process.stop();
            }
            process.start();
            System.out.printf(
                    "%s is ready again after %.1f s%n",
                    process.name(), (System.nanoTime() - from) / 1e9);
            return 0;
        }
    }
}
