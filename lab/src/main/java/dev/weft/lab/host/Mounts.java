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

    /** Unmounts everything beneath a folder, the last mounted first. */
    public static void unmountBeneath(Path folder) {
        List<String> points;
        try {
            points =
                    Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                            .map(line -> line.split(" ")[MOUNT_POINT])
                            .filter(point -> point.startsWith(folder + "/"))
                            .toList()
                            .reversed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        points.forEach(point -> Command.of("umount", "-l", point).output());
    }
}
