package dev.weft.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Control groups at the top of the machine's hierarchies, by name: with version 1 one folder in
 * each hierarchy, with version 2 one folder. A container's processes are found by them whatever
 * became of the runtime that started them.
 */
public final class Cgroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String VERSION_2 = "cgroup.controllers";
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    private Cgroups() {}

    /** Makes the group in every hierarchy that has controllers, unless it is there. */
    public static void create(String name) {
        try {
            for (Path hierarchy : withControllers()) {
                Path group = Files.createDirectories(hierarchy.resolve(name));
                // a new group of version 1's cpuset may use nothing until it is told
                for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
                    Path all = hierarchy.resolve(file);
                    if (Files.exists(all) && Files.exists(group.resolve(file))) {
                        Files.writeString(group.resolve(file), Files.readString(all));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Kills every process in the groups whose names begin with the prefix, and removes the groups.
     * Returns how many processes there were.
     */
    public static int removeWithPrefix(String prefix) {
        return remove(name -> name.startsWith(prefix));
    }

    /** Kills every process in the group, and removes it. Returns how many processes there were. */
    public static int remove(String name) {
        return remove(name::equals);
    }

    private static int remove(Predicate<String> wanted) {
        List<Path> groups = new ArrayList<>();
        for (Path hierarchy : hierarchies()) {
            children(hierarchy)
                    .filter(group -> wanted.test(group.getFileName().toString()))
                    .forEach(groups::add);
        }
        List<Long> pids = groups.stream().flatMap(group -> pids(group)).distinct().toList();
        pids.forEach(pid -> ProcFs.signal(pid, "KILL"));
        pids.forEach(
                pid ->
                        Poll.until(
                                "process " + pid + " to end",
                                TIME_TO_END,
                                () -> !ProcFs.alive(pid)));
        for (Path group : groups) {
            Poll.until(() -> "cgroup " + group + " to go", TIME_TO_END, () -> removed(group));
        }
        return pids.size();
    }

    private static List<Path> hierarchies() {
        if (Files.exists(ROOT.resolve(VERSION_2))) {
            return List.of(ROOT);
        }
        return children(ROOT)
                .filter(path -> !Files.isSymbolicLink(path))
                .filter(path -> Files.exists(path.resolve("cgroup.procs")))
                .toList();
    }

    /** All but version 2's hierarchy where it stands beside those of version 1. */
    private static List<Path> withControllers() {
        return hierarchies().stream()
                .filter(path -> path.equals(ROOT) || !Files.exists(path.resolve(VERSION_2)))
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).toList().stream();
        } catch (IOException _) {
            return Stream.empty();
        }
    }

    private static Stream<Path> tree(Path group) {
        return Stream.concat(Stream.of(group), children(group).flatMap(Cgroups::tree));
    }

    private static Stream<Long> pids(Path group) {
        return tree(group)
                .flatMap(
                        one -> {
                            try {
                                return Files.readAllLines(one.resolve("cgroup.procs")).stream();
                            } catch (IOException _) {
                                return Stream.empty(); // it has gone meanwhile
                            }
                        })
                .map(Long::parseLong);
    }

    private static boolean removed(Path group) throws IOException {
        List<Path> deepestFirst =
                tree(group).sorted(Comparator.comparing(Path::getNameCount).reversed()).toList();
        for (Path one : deepestFirst) {
            Files.deleteIfExists(one);
        }
        return true;
    }
}
