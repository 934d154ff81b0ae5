package dev.weft.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code /proc} tells about processes that are not our children. */
public final class ProcFs {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    private ProcFs() {}

    /**
     * Whether anything of the process runs. A zombie that nobody has reaped does not, unless it has
     * threads that are still on their way out: until the last is gone its sockets take connections.
     */
    public static boolean alive(long pid) {
        String[] fields = stat(pid);
        if (fields.length <= STATE) {
            return false;
        }
        boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
        return !dead || threads(pid) > 1;
    }

    private static int threads(long pid) {
        String[] tasks = PROC.resolve(pid + "/task").toFile().list();
        return tasks == null ? 0 : tasks.length;
    }

    /**
     * When the process was started, in clock ticks since boot: with the pid it names one process
     * for ever. 0 when gone.
     */
    public static long startTime(long pid) {
        String[] fields = stat(pid);
        return fields.length > START_TIME ? Long.parseLong(fields[START_TIME]) : 0;
    }

    /**
     * The pids of the processes that were started with this variable in their environment ({@code
     * NAME=VALUE} prefix).
     */
    public static List<Long> startedWith(String variablePrefix) {
        byte[] wanted = variablePrefix.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> all = Files.list(PROC)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .map(Long::parseLong)
                    .filter(pid -> hasVariable(pid, wanted) && alive(pid))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a signal ({@code TERM}, {@code KILL}, {@code INT}, {@code STOP}, {@code CONT}); nothing
     * happens when the process is gone.
     */
    public static void signal(long pid, String signal) {
        Command.of("kill", "-" + signal, Long.toString(pid)).run();
    }

    /** The resident memory of the process in bytes, 0 when it is gone. */
    public static long residentBytes(long pid) {
        try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException _) {
            return 0;
        }
    }

    /**
     * The fields of {@code /proc/PID/stat} after the command's name; empty when the process is
     * gone.
     */
    private static String[] stat(long pid) {
        try {
            String line =
                    Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException _) {
            return new String[0];
        }
    }

    private static boolean hasVariable(long pid, byte[] wanted) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
        } catch (IOException _) {
            return false;
        }
        for (int at = 0; at + wanted.length <= environment.length; at = next(environment, at)) {
            if (java.util.Arrays.equals(
                    environment, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private static int next(byte[] environment, int at) {
        int end = at;
        while (end < environment.length && environment[end] != 0) {
            end++;
        }
        return end + 1;
    }
}
