package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The entry of the {@code weft} script's words. {@code build}, {@code test} and {@code bench} are
 * done by the script itself.
 */
@Command(
        name = "weft",
        mixinStandardHelpOptions = true,
        version = "weft 0.1.0",
        description =
                "A network fabric for Kubernetes on OVN, and a lab that runs it on one machine.",
        synopsisSubcommandLabel = "WORD",
        footer = {
            "",
            "The script itself does these:",
            "  build      Build what changed; --native: native executables.",
            "  test       Run the tests: unit, component, e2e, soak.",
            "  bench      Run the benchmarks.",
            "",
            "WEFT_LAB chooses among several labs on one machine (default: lab)."
        },
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            PodCommand.class,
            NodeCommand.class,
            KubectlCommand.class,
            KubeconfigCommand.class,
            ImageCommand.class,
            LogsCommand.class,
            RestartCommand.class,
            KillCommand.class,
            OvnToolCommand.Nbctl.class,
            OvnToolCommand.Sbctl.class,
            VsctlCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Weft implements Runnable {
    @CommandLine.Spec private @Nullable CommandSpec spec;

    /** Runs one word; exit status 0: done, 1: it did not work, 2: not understood. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        CommandLine line = new CommandLine(new Weft());
        for (String foreign : List.of("kubectl", "nbctl", "sbctl", "vsctl")) {
            // the options behind these words are not ours, and neither is "--"
            line.getSubcommands()
                    .get(foreign)
                    .setUnmatchedOptionsArePositionalParams(true)
                    .setEndOfOptionsDelimiter("\0");
        }
        int exit =
                line.setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler(
                                (e, failed, _) -> {
                                    failed.getErr().println("weft: " + Reasons.of(e));
                                    if (System.getenv("WEFT_TRACE") != null) {
                                        e.printStackTrace(failed.getErr());
                                    }
                                    return CommandLine.ExitCode.SOFTWARE;
                                })
                        .execute(arguments);
        System.exit(exit);
    }

    @Override
    public void run() {
        java.util.Objects.requireNonNull(spec).commandLine().usage(System.out);
    }

    /** The lab that is there. */
    static Lab lab() {
        return Lab.open(LabLayout.fromEnvironment());
    }

    /** Runs a command with this terminal and returns its exit status. */
    static int foreground(java.util.List<String> argv, java.util.Map<String, String> environment)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(argv).inheritIO();
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }
}
