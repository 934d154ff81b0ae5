package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import dev.weft.lab.LabUp;
import dev.weft.lab.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weft node add|rm}. */
@Command(
        name = "node",
        description = "Add and remove nodes.",
        mixinStandardHelpOptions = true,
        subcommands = {NodeCommand.Add.class, NodeCommand.Remove.class})
final class NodeCommand {
    private NodeCommand() {}

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Add a node and wait until it can run pods.")
    static final class Add implements Callable<Integer> {
        @Parameters(
                paramLabel = "NAME",
                description = "At most 12 lower-case letters, digits and hyphens.")
        private String name = "";

        @Override
        public Integer call() {
            try (Lab lab = Weft.lab()) {
                LabUp.addNode(lab, name, Progress.to(System.out));
                return 0;
            }
        }
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Remove a node with its pods.")
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The node's name.")
        private String name = "";

        @Override
        public Integer call() {
            try (Lab lab = Weft.lab()) {
                LabUp.removeNode(lab, name);
                return 0;
            }
        }
    }
}
