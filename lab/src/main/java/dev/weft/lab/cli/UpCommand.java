package dev.weft.lab.cli;

import dev.weft.lab.Demo;
import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import dev.weft.lab.LabSpec;
import dev.weft.lab.LabState;
import dev.weft.lab.LabState.PodMode;
import dev.weft.lab.LabUp;
import dev.weft.lab.NativeParts;
import dev.weft.lab.Progress;
import dev.weft.lab.check.Matrix;
import dev.weft.lab.check.Probe;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weft up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Start the lab and end with pods talking.",
            "Exit status 1 when anything does not talk; a lab that is up already stays as it is."
        })
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--nodes",
            defaultValue = "2",
            description = "How many nodes (default: ${DEFAULT-VALUE}).")
    private int nodes = 2;

    @Option(
            names = "--kube",
            defaultValue = "auto",
            description =
                    "The Kubernetes API: ${COMPLETION-CANDIDATES} (default: a real one where found).")
    private LabSpec.Kube kube = LabSpec.Kube.AUTO;

    @Option(
            names = "--kubelet",
            description =
                    "Real nodes: scheduler, kubelet and containerd run the pods (docs/how-to/kubelet.md).")
    private boolean kubelet;

    @Option(
            names = "--native",
            description =
                    "Run what `weft build --native` has built as native executables, the rest on a JVM.")
    private boolean natively;

    @Option(names = "--bare", description = "Only what is not ours: no services, daemons, pods.")
    private boolean bare;

    @Option(names = "--no-demo", description = "No demo subnets and pods.")
    private boolean noDemo;

    @Override
    public Integer call() {
        LabLayout layout = LabLayout.fromEnvironment();
        LabSpec spec = new LabSpec(nodes, kube, !bare, kubelet ? PodMode.KUBELET : PodMode.RUNNER);
        if (alreadyUp(layout, spec)) {
            System.out.println(
                    "The lab '"
                            + layout.name()
                            + "' is up already; `weft status` shows it, `weft down` removes it.");
            return 0;
        }
        long from = System.nanoTime();
        Progress progress = Progress.to(System.out);
        System.out.println("Starting the lab '" + layout.name() + "' in " + layout.dir());
        NativeParts parts = NativeParts.asked();
        if (natively || !parts.executables().isEmpty()) {
            System.out.println("Our programs are " + parts.words() + ".");
        }
        try (Lab lab = LabUp.up(layout, spec, progress)) {
            if (bare || noDemo) {
                finished(lab, from);
                return 0;
            }
            Demo demo = new Demo(lab, progress);
            demo.ensure();
            Matrix matrix = demo.measure();
            System.out.println();
            System.out.println(demo.table());
            System.out.println(matrix.table());
            if (!matrix.ok()) {
                complain(lab, matrix);
                return 1;
            }
            finished(lab, from);
            return 0;
        }
    }

    private static boolean alreadyUp(LabLayout layout, LabSpec spec) {
        if (LabState.read(layout).isEmpty()) {
            return false;
        }
        try (Lab lab = Lab.open(layout)) {
            return LabUp.isUp(lab, spec);
        } catch (NoSuchElementException _) {
            return false;
        }
    }

    private static void complain(Lab lab, Matrix matrix) {
        System.err.println("weft: not everything talks:");
        for (Probe probe : matrix.failures().stream().limit(20).toList()) {
            System.err.println("  " + probe.kind().words() + ": " + probe);
        }
        System.err.println(
                "Logs to read: "
                        + lab.layout().log("vpc")
                        + ", "
                        + lab.layout().log("ipam")
                        + ", "
                        + lab.layout().file("node")
                        + "/*/node-daemon.log");
    }

    private static void finished(Lab lab, long from) {
        lab.completed();
        System.out.printf(
                "The lab is up after %.1f s. `weft status` shows it, `weft down` removes it.%n",
                (System.nanoTime() - from) / 1e9);
    }
}
