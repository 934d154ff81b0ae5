package dev.weft.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is mounted on this machine. */
public final class Mounts {
    private static final int MOUNT_POINT = 4;

    private Mounts() {}

    /**
     * Makes a folder a mount of its own whose later mounts show in containers that have it, as
     * systems do with all of the tree at boot. Nothing happens when it is.
     */
    public static void share(Path folder) {
        if (points().stream().noneMatch(point -> point.equals(folder.toString()))) {
            Command.of("mount", "--bind", folder.toString(), folder.toString()).output();
            Command.of("mount", "--make-shared", folder.toString()).output();
        }
    }

    /** Unmounts everything beneath a folder, the last mounted first. */
    public static void unmountBeneath(Path folder) {
        points().stream()
                .filter(point -> point.startsWith(folder + "/"))
                .toList()
                .reversed()
                .forEach(point -> Command.of("umount", "-l", point).output());
    }

    private static List<String> points() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(line -> line.split(" ")[MOUNT_POINT])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
