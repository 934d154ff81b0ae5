package dev.weft.lab.cli;

import dev.weft.lab.LabDown;
import dev.weft.lab.LabLayout;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weft down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description =
                "Remove every process, namespace, interface and folder of the lab, also after a crash half-way.")
final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        LabLayout layout = LabLayout.fromEnvironment();
        LabDown.Removed removed = LabDown.down(layout);
        System.out.println(
                removed.anything()
                        ? "Removed the lab '%s': %d processes, %d namespaces, %s."
                                .formatted(
                                        layout.name(),
                                        removed.processes(),
                                        removed.namespaces(),
                                        layout.dir())
                        : "There is no lab '" + layout.name() + "': nothing to do.");
        return 0;
    }
}
