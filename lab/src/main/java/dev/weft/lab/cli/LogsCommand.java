package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show the log of a process of the lab.")
final class LogsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PROCESS",
            description = "As `weft status` names it: ipam, n1/node-daemon, ovn-northd.")
    private String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes.")
    private boolean follow;

    @Option(
            names = "--tail",
            defaultValue = "100",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines = 100;

    @Override
    public Integer call() throws Exception {
        try (Lab lab = Weft.lab()) {
            List<String> argv = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
            if (follow) {
                argv.add("-F");
            }
            argv.add(lab.process(name).log().toString());
            return Weft.foreground(argv, Map.of());
        }
    }
}
