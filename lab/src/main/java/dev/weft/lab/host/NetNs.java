package dev.weft.lab.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network namespace with a name: made by {@code ip netns} as {@code /run/netns/NAME}, or by a
 * container runtime somewhere else.
 *
 * @param path the file that stands for the namespace, as CNI wants it in {@code CNI_NETNS}
 */
public record NetNs(String name, Path path) {
    private static final Path FOLDER = Path.of("/run/netns");

    /** The namespace of {@code ip netns} with this name. */
    public NetNs(String name) {
        this(name, FOLDER.resolve(name));
    }

    /** The namespace that somebody else made. */
    public static NetNs at(Path path) {
        return new NetNs(path.getFileName().toString(), path);
    }

    /** Whether a namespace of this name is there. */
    public boolean exists() {
        return Files.exists(path());
    }

    /** Makes the namespace with its loopback up; nothing happens when it is there. */
    public NetNs create() {
        if (!exists()) {
            Command.of("ip", "netns", "add", name).output();
            Command.of("ip", "-n", name, "link", "set", "lo", "up").output();
        }
        return this;
    }

    /**
     * Kills what still runs inside (the kernel lists it), then removes the namespace. Nothing
     * happens when it is gone.
     */
    public void delete() {
        if (!exists()) {
            return;
        }
        Command.of("ip", "netns", "pids", name)
                .run()
                .out()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Long::parseLong)
                .forEach(pid -> ProcFs.signal(pid, "KILL"));
        Command.Result removed = Command.of("ip", "netns", "delete", name).run();
        if (!removed.ok() && exists()) {
            throw new IllegalStateException(
                    "cannot remove network namespace " + name + ": " + removed.err().strip());
        }
    }

    /** The command line that runs another one inside this namespace. */
    public List<String> enter(List<String> argv) {
        // nsenter, not "ip netns exec": no mount namespace of its own, so paths and sockets are the
        // host's
        List<String> inside = new ArrayList<>(List.of("nsenter", "--net=" + path()));
        inside.addAll(argv);
        return inside;
    }

    /** A short command inside this namespace. */
    public Command command(String... argv) {
        return Command.of(enter(List.of(argv)));
    }

    /** {@code ip -n NAME ARGUMENTS}; fails as {@link Command#output()} does. */
    public void ip(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("ip", "-n", name));
        argv.addAll(List.of(arguments));
        Command.of(argv).output();
    }

    /** Whether the namespace has an interface of this name. */
    public boolean hasLink(String link) {
        return Command.of("ip", "-n", name, "link", "show", "dev", link).run().ok();
    }

    /** The namespaces whose names begin with the prefix. */
    public static List<NetNs> withPrefix(String prefix) {
        if (!Files.isDirectory(FOLDER)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .map(NetNs::new)
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
