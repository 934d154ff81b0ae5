package dev.weft.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A short command that is run to its end; daemons are {@link LabProcess}es. */
public final class Command {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    private final List<String> argv;
    private Map<String, String> environment = Map.of();
    private Duration limit = DEFAULT_LIMIT;
    private byte[] stdin = {};
    private @Nullable Path directory;

    private Command(List<String> argv) {
        this.argv = List.copyOf(argv);
    }

    /** The command with its arguments; the first is looked up in {@code PATH}. */
    public static Command of(String... argv) {
        return new Command(List.of(argv));
    }

    /** The command with its arguments; the first is looked up in {@code PATH}. */
    public static Command of(List<String> argv) {
        return new Command(argv);
    }

    /** Adds variables to the environment that the command inherits. */
    public Command with(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /**
     * How long the command may take (60 s when not said); then it is killed and {@link
     * CommandFailed} thrown.
     */
    public Command within(Duration time) {
        limit = time;
        return this;
    }

    /** Text for the command's standard input, which is empty otherwise. */
    public Command stdin(String text) {
        stdin = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** The folder that the command runs in. */
    public Command in(Path folder) {
        directory = folder;
        return this;
    }

    /** Runs the command and returns what it printed, whatever its exit status. */
    public Result run() {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().putAll(environment);
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        try {
            Process process = builder.start();
            CompletableFuture<String> err = readInBackground(process);
            feed(process);
            CompletableFuture<String> out = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> complete(out, process.getInputStream()));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new CommandFailed(argv, "did not end within " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new CommandFailed(argv, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(argv, "interrupted");
        }
    }

    /**
     * Runs the command and returns its standard output without the final line break.
     *
     * @throws CommandFailed when the exit status is not 0; the message holds the command and its
     *     standard error
     */
    public String output() {
        Result result = run();
        if (result.exit() != 0) {
            String said = result.err().isBlank() ? result.out() : result.err();
            throw new CommandFailed(argv, "exit status " + result.exit() + ": " + said.strip());
        }
        return result.out().stripTrailing();
    }

    private void feed(Process process) {
        try (var to = process.getOutputStream()) {
            to.write(stdin);
        } catch (IOException _) {
            // the command did not want its input; its exit status tells the rest
        }
    }

    private static CompletableFuture<String> readInBackground(Process process) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> complete(text, process.getErrorStream()));
        return text;
    }

    private static void complete(CompletableFuture<String> text, java.io.InputStream from) {
        try {
            text.complete(new String(from.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
        }
    }

    /** What a command left behind. */
    public record Result(int exit, String out, String err) {
        /** Whether the exit status is 0. */
        public boolean ok() {
            return exit == 0;
        }
    }

    /** A command could not be started, took too long or ended with a status other than 0. */
    public static final class CommandFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CommandFailed(List<String> argv, String reason) {
            super("`" + String.join(" ", argv) + "`: " + reason);
        }
    }
}
