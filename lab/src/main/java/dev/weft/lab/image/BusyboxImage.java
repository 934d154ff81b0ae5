package dev.weft.lab.image;

import dev.weft.lab.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The image of the lab's pods: a static busybox and its links, asleep when nothing else is said.
 */
public final class BusyboxImage {
    private BusyboxImage() {}

    /**
     * Writes the image's archive unless it is there.
     *
     * @param busybox the machine's, which must be static
     */
    public static Path ensure(Path archive, String name, Path busybox) {
        if (Files.exists(archive)) {
            return archive;
        }
        try {
            Path root = Files.createDirectories(archive.resolveSibling("busybox.root"));
            Path bin = Files.createDirectories(root.resolve("bin"));
            Files.copy(busybox, bin.resolve("busybox"));
            bin.resolve("busybox").toFile().setExecutable(true, false);
            for (String applet :
                    Command.of(busybox.toString(), "--list").output().lines().toList()) {
                if (!applet.equals("busybox")) {
                    Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
                }
            }
            Files.createDirectories(root.resolve("tmp"));
            Files.createDirectories(root.resolve("etc"));
            Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
            new OciImage(
                            name,
                            List.of(root),
                            List.of("/bin/busybox", "sleep", "2147483647"),
                            Map.of(),
                            "0:0")
                    .write(archive);
            Command.of("rm", "-rf", root.toString()).output();
            return archive;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
