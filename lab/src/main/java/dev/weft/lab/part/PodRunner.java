package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.runner.PodRunnerMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The pod runner's process, {@link PodRunnerMain}: what stands in for scheduler, kubelet and
 * runtime of all nodes.
 */
public final class PodRunner {
    private final LabLayout layout;
    private final LabProcess process;

    public PodRunner(LabLayout layout) {
        this.layout = layout;
        this.process = new LabProcess(layout.dir(), "pod-runner", this::launch);
    }

    /** The runner's process. */
    public LabProcess process() {
        return process;
    }

    private Launch launch() {
        Path ready = layout.file("runner/ready");
        ready.toFile().delete();
        return Jvm.main(
                        "pod-runner",
                        layout.log("pod-runner"),
                        PodRunnerMain.class.getName(),
                        "192m",
                        List.of(layout.name()))
                .readyWhen(() -> Files.exists(ready));
    }
}
