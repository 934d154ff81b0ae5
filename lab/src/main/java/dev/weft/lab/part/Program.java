package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.NativeParts;
import dev.weft.lab.host.Launch;
import java.nio.file.Path;
import java.util.List;

/** How one of our own programs is started: the native executable where the lab has one. */
final class Program {
    private Program() {}

    /**
     * A Quarkus module.
     *
     * @param kind what it is among {@link NativeParts#ALL}
     * @param name of the process
     * @param heap the most it may take, as Java's {@code -Xmx} has it
     */
    static Launch quarkus(
            LabLayout layout, String kind, String name, Path log, Path module, String heap) {
        return NativeParts.of(layout)
                .executable(kind)
                .map(path -> Launch.of(name, log, List.of(path.toString(), "-Xmx" + heap)))
                .orElseGet(() -> Jvm.quarkus(name, log, module, heap));
    }
}
