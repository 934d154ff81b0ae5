package dev.weft.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A process of the lab that outlives the command that started it and is found again by its pid
 * file, which holds pid and start time: a pid that the kernel has given to somebody else is never
 * taken for ours.
 */
public final class LabProcess {
    /**
     * Set in every process of a lab to {@code DIR#NAME}, so that {@code down} finds what a crash
     * left without pid file.
     */
    public static final String MARK = "WEFT_PART";

    private static final Duration TIME_TO_STOP = Duration.ofSeconds(10);
    private static final int LOG_LINES_IN_ERRORS = 12;

    private final Path labDir;
    private final String name;
    private final Supplier<Launch> launch;
    private final Path pidFile;

    /**
     * @param labDir the lab's folder; pid files are in its {@code run/}
     * @param launch asked at every start, since what to start may depend on what is there by then
     */
    public LabProcess(Path labDir, String name, Supplier<Launch> launch) {
        this.labDir = labDir;
        this.name = name;
        this.launch = launch;
        this.pidFile = labDir.resolve("run").resolve(name.replace('/', '.') + ".pid");
    }

    /** Unique in the lab. */
    public String name() {
        return name;
    }

    /** Where its output goes. */
    public Path log() {
        return launch.get().log();
    }

    /** The pid, when it runs. */
    public OptionalLong pid() {
        return recorded(pidFile);
    }

    /** Whether it runs. */
    public boolean running() {
        return pid().isPresent();
    }

    /**
     * Starts it unless it runs, and returns when it is ready.
     *
     * @return whether it had to be started
     * @throws StartFailed when it ends or is not ready in time; the message ends with the last
     *     lines of its log
     */
    public boolean start() {
        if (running()) {
            return false;
        }
        Launch how = launch.get();
        try {
            Files.createDirectories(pidFile.getParent());
            Files.createDirectories(how.log().getParent());
            Process child = spawn(how);
            long pid = how.daemonPidFile() == null ? child.pid() : daemonPid(how, child);
            Files.writeString(pidFile, pid + " " + ProcFs.startTime(pid) + "\n");
            Poll.until(name, how.patience(), () -> readyOrGone(how, pid));
            return true;
        } catch (IOException e) {
            throw new StartFailed(name, how.log(), String.valueOf(e.getMessage()));
        } catch (Poll.TimedOut | Poll.ProcessEnded e) {
            throw new StartFailed(name, how.log(), e.getMessage() + tail(how.log()));
        }
    }

    /**
     * Asks it to end, and kills it when it does not within 10 s. Nothing happens when it does not
     * run.
     */
    public void stop() {
        pid().ifPresent(
                        pid -> {
                            ProcFs.signal(pid, launch.get().stopSignal());
                            try {
                                Poll.until(
                                        name + " to end", TIME_TO_STOP, () -> !ProcFs.alive(pid));
                            } catch (Poll.TimedOut _) {
                                killAndWait(pid);
                            }
                        });
        forget();
    }

    /** SIGKILL, and waits until it is gone. Nothing happens when it does not run. */
    public void kill() {
        pid().ifPresent(this::killAndWait);
        forget();
    }

    /** Whether a process that was recorded in this lab's pid file still runs, and its pid. */
    private static OptionalLong recorded(Path pidFile) {
        try {
            String[] words = Files.readString(pidFile).strip().split(" ");
            long pid = Long.parseLong(words[0]);
            boolean same = words.length == 2 && ProcFs.startTime(pid) == Long.parseLong(words[1]);
            return same && ProcFs.alive(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /**
     * Kills every process of a lab, by pid file and by mark: the last step of {@code down}. Returns
     * how many there were.
     */
    public static int killAll(Path labDir) {
        List<Long> found = new ArrayList<>(ProcFs.startedWith(MARK + "=" + labDir + "#"));
        Path run = labDir.resolve("run");
        if (Files.isDirectory(run)) {
            try (var files = Files.list(run)) {
                files.map(LabProcess::recorded)
                        .filter(OptionalLong::isPresent)
                        .forEach(pid -> found.add(pid.getAsLong()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return killAll(found);
    }

    /** Kills every process that carries the mark of this part, also those that it started. */
    public static int killAll(Path labDir, String part) {
        return killAll(ProcFs.startedWith(MARK + "=" + labDir + "#" + part));
    }

    private static int killAll(List<Long> found) {
        List<Long> pids = found.stream().distinct().toList();
        pids.forEach(pid -> ProcFs.signal(pid, "KILL"));
        pids.forEach(
                pid ->
                        Poll.until(
                                "process " + pid + " to end",
                                TIME_TO_STOP,
                                () -> !ProcFs.alive(pid)));
        return pids.size();
    }

    private Process spawn(Launch how) throws IOException {
        // setsid: a Ctrl-C at the terminal that started the lab is not meant for the lab's
        // processes
        List<String> argv = new ArrayList<>(List.of("setsid"));
        argv.addAll(how.commandLine());
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(how.environment());
        builder.environment().putAll(Map.of(MARK, labDir + "#" + name));
        builder.redirectInput(new java.io.File("/dev/null"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(how.log().toFile()));
        builder.directory(labDir.toFile());
        return builder.start();
    }

    private long daemonPid(Launch how, Process launcher) throws IOException {
        try {
            int exit = launcher.waitFor();
            if (exit != 0) {
                throw new StartFailed(name, how.log(), "exit status " + exit + tail(how.log()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StartFailed(name, how.log(), "interrupted");
        }
        return Long.parseLong(
                Files.readString(java.util.Objects.requireNonNull(how.daemonPidFile())).strip());
    }

    private boolean readyOrGone(Launch how, long pid) throws Exception {
        if (how.ready().call()) {
            return true;
        }
        if (!ProcFs.alive(pid)) {
            throw new Poll.ProcessEnded("it ended");
        }
        return false;
    }

    private void killAndWait(long pid) {
        ProcFs.signal(pid, "KILL");
        Poll.until(name + " to be gone", TIME_TO_STOP, () -> !ProcFs.alive(pid));
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines =
                    Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            int from = Math.max(0, lines.size() - LOG_LINES_IN_ERRORS);
            return "; the end of its log:\n    "
                    + String.join("\n    ", lines.subList(from, lines.size()));
        } catch (IOException _) {
            return "";
        }
    }

    /** A process of the lab ended early or was not ready in time. */
    public static final class StartFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StartFailed(String name, Path log, String reason) {
            super(name + " did not start: " + reason + "\n  log: " + log);
        }
    }
}
