package dev.weft.lab.cli;

import dev.weft.lab.Lab;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code weft kubeconfig}. */
@Command(
        name = "kubeconfig",
        mixinStandardHelpOptions = true,
        description = "Print the path of the lab's kubeconfig.")
final class KubeconfigCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        try (Lab lab = Weft.lab()) {
            System.out.println(lab.layout().kubeconfig());
            return 0;
        }
    }
}
