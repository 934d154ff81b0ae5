package dev.weft.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of our programs a lab runs as native executables; the others run on a JVM. A new lab takes
 * them from the property {@code weft.native} or the variable {@code WEFT_NATIVE}, as {@code
 * cni=/path,node-daemon=/path}, and keeps them in its folder, so that whatever is started later is
 * the same.
 *
 * @param executables path of each program that is native
 */
public record NativeParts(Map<String, Path> executables) {
    /** The CNI plugin. */
    public static final String CNI = "cni";

    /** The node daemon. */
    public static final String NODE_DAEMON = "node-daemon";

    /**
     * Every program that can be native: the plugin, the daemon, and the services by their names.
     */
    public static final List<String> ALL = List.of(CNI, NODE_DAEMON, "relay", "ipam", "vpc");

    public NativeParts {
        executables = Map.copyOf(executables);
    }

    /** Those that this process was told to use. */
    public static NativeParts asked() {
        return parse(
                System.getProperty("weft.native", System.getenv().getOrDefault("WEFT_NATIVE", "")));
    }

    /** Those of a lab; none where it says nothing. */
    public static NativeParts of(LabLayout layout) {
        try {
            return parse(Files.readString(file(layout)).strip());
        } catch (NoSuchFileException _) {
            return new NativeParts(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads {@code part=path,…}.
     *
     * @throws IllegalArgumentException when it is not that, a part cannot be native, or there is no
     *     such executable
     */
    static NativeParts parse(String text) {
        var executables = new TreeMap<String, Path>();
        for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
            int equals = entry.indexOf('=');
            String part = equals < 0 ? entry : entry.substring(0, equals);
            Path path = Path.of(entry.substring(equals + 1));
            if (equals < 0 || !ALL.contains(part) || !Files.isExecutable(path)) {
                throw new IllegalArgumentException(
                        "weft.native has '"
                                + entry
                                + "', allowed is PART=EXECUTABLE with a part of "
                                + ALL
                                + " and a file that is there");
            }
            executables.put(part, path);
        }
        return new NativeParts(executables);
    }

    /** The executable of a part, unless it runs on a JVM. */
    public Optional<Path> executable(String part) {
        return Optional.ofNullable(executables.get(part));
    }

    /** Which are native and which are not, for people. */
    public String words() {
        return words("native: ", true) + "; " + words("on a JVM: ", false);
    }

    private String words(String start, boolean isNative) {
        String names =
                ALL.stream()
                        .filter(part -> executables.containsKey(part) == isNative)
                        .collect(Collectors.joining(", "));
        return start + (names.isEmpty() ? "none" : names);
    }

    void write(LabLayout layout) {
        String text =
                executables.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().toAbsolutePath())
                        .sorted()
                        .collect(Collectors.joining(","));
        try {
            Files.writeString(file(layout), text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(LabLayout layout) {
        return layout.file("native");
    }
}
