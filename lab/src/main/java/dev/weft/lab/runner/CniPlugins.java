package dev.weft.lab.runner;

import dev.weft.cni.binary.CniPlugin;
import dev.weft.lab.LabLayout;
import dev.weft.lab.NativeParts;
import dev.weft.lab.host.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Which plugin the runner calls: the lab's native executable, or our plugin within this process.
 */
final class CniPlugins {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private CniPlugins() {}

    static CniExecutable of(LabLayout layout) {
        return NativeParts.of(layout)
                .executable(NativeParts.CNI)
                .map(path -> executable(path.toString()))
                .orElseGet(CniPlugins::inProcess);
    }

    private static CniExecutable executable(String path) {
        return (environment, stdin) -> {
            Command.Result result =
                    Command.of(path).with(environment).within(LIMIT).stdin(stdin).run();
            return new CniExecutable.Answer(result.exit(), result.out());
        };
    }

    private static CniExecutable inProcess() {
        return (environment, stdin) -> {
            ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            int exit =
                    CniPlugin.run(
                            environment,
                            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                            stdout);
            return new CniExecutable.Answer(exit, stdout.toString(StandardCharsets.UTF_8));
        };
    }
}
