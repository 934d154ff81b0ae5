package dev.weft.bench;

import dev.weft.lab.host.Command;
import dev.weft.lab.host.NetNs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs programs by the small C program beside the benchmarks, which sees what they really cost. */
final class Launcher {
    private final Path program;
    private final Path folder;

    /**
     * @param folder for what goes in and comes out
     */
    Launcher(Path folder) {
        this.program = Path.of(System.getProperty("weft.bench.launch"));
        this.folder = folder;
    }

    /**
     * One run of a program.
     *
     * @param nanos from start to end
     * @param residentKib largest resident set
     * @param faults pages that had to be mapped
     */
    record Run(long nanos, long residentKib, long faults) {}

    /**
     * Runs a program some times.
     *
     * @param within the network namespace that it runs in; null: this process's
     * @throws IllegalStateException with its output when it fails
     */
    List<Run> run(
            int times,
            @Nullable NetNs within,
            Map<String, String> environment,
            String stdin,
            String... command) {
        try {
            Path in = Files.writeString(folder.resolve("launch.in"), stdin);
            Path out = folder.resolve("launch.out");
            var words =
                    new ArrayList<>(
                            List.of(
                                    program.toString(),
                                    Integer.toString(times),
                                    in.toString(),
                                    out.toString()));
            words.addAll(List.of(command));
            var call = Command.of(within == null ? words : within.enter(words)).with(environment);
            return call.output().lines().map(line -> run(line, out, command)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run run(String line, Path out, String... command) {
        var fields = line.split(" ");
        if (!fields[3].equals("0")) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + fields[3] + ": " + read(out));
        }
        return new Run(
                Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
