package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code weft kubectl …}: kubectl with the lab's kubeconfig; everything behind the word is
 * kubectl's.
 */
@Command(name = "kubectl", description = "kubectl against the lab's API.")
final class KubectlCommand implements Callable<Integer> {
    @Parameters(hidden = true)
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (Lab lab = Weft.lab()) {
            List<String> argv = new ArrayList<>(List.of("kubectl"));
            argv.addAll(arguments);
            return Weft.foreground(
                    argv, Map.of("KUBECONFIG", lab.layout().kubeconfig().toString()));
        }
    }
}
