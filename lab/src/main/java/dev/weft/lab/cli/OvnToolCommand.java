package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code weft nbctl|sbctl …}: OVN's tools on the lab's sockets; everything behind the word is
 * theirs.
 */
abstract class OvnToolCommand implements Callable<Integer> {
    private final String tool;
    private final Function<Lab, String> database;

    @Parameters(hidden = true)
    private List<String> arguments = new ArrayList<>();

    private OvnToolCommand(String tool, Function<Lab, String> database) {
        this.tool = tool;
        this.database = database;
    }

    @Override
    public Integer call() throws Exception {
        try (Lab lab = Weft.lab()) {
            List<String> argv = new ArrayList<>(List.of(tool, "--db=" + database.apply(lab)));
            argv.addAll(arguments);
            return Weft.foreground(argv, Map.of());
        }
    }

    @Command(name = "nbctl", description = "ovn-nbctl against the lab's northbound database.")
    static final class Nbctl extends OvnToolCommand {
        Nbctl() {
            super("ovn-nbctl", lab -> lab.central().northboundRemote());
        }
    }

    @Command(name = "sbctl", description = "ovn-sbctl against the lab's southbound database.")
    static final class Sbctl extends OvnToolCommand {
        Sbctl() {
            super("ovn-sbctl", lab -> lab.central().southboundRemote());
        }
    }
}
