package dev.weft.lab;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Steps that wait for what they depend on and otherwise run side by side. Each is run once. */
public final class Steps {
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Progress progress;

    private record Step(Runnable action, List<String> after) {}

    public Steps(Progress progress) {
        this.progress = progress;
    }

    /**
     * Adds a step.
     *
     * @param after names of steps, added before this one, that must have ended well
     */
    public Steps add(String name, Runnable action, String... after) {
        for (String earlier : after) {
            if (!steps.containsKey(earlier)) {
                throw new IllegalArgumentException(
                        "step " + name + " is to run after " + earlier + ", which is not there");
            }
        }
        steps.put(name, new Step(action, List.of(after)));
        return this;
    }

    /** Those of the names that are steps here: what a step can be told to wait for. */
    public String[] present(String... names) {
        return Arrays.stream(names).filter(steps::containsKey).toArray(String[]::new);
    }

    /**
     * Runs all steps and returns when the last has ended.
     *
     * @throws StepFailed for the first that failed; steps that do not depend on it are run to their
     *     end
     */
    public void run() {
        Map<String, CompletableFuture<Void>> running = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            steps.forEach(
                    (name, step) ->
                            running.put(
                                    name,
                                    CompletableFuture.allOf(
                                                    step.after().stream()
                                                            .map(running::get)
                                                            .toArray(CompletableFuture[]::new))
                                            .thenRunAsync(
                                                    () -> run(name, step.action()), threads)));
            CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
                    .exceptionally(_ -> null)
                    .join();
        }
        running.values().forEach(Steps::join);
    }

    private static void join(CompletableFuture<Void> step) {
        try {
            step.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StepFailed failed ? failed : new StepFailed("a step", e);
        }
    }

    private void run(String name, Runnable action) {
        long from = System.nanoTime();
        try {
            action.run();
        } catch (RuntimeException e) {
            throw new StepFailed(name, e);
        }
        progress.done(name, (System.nanoTime() - from) / 1e9);
    }

    /** A step ended with an exception, its cause. */
    public static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(String step, Throwable cause) {
            super(step + ": " + cause.getMessage(), cause);
        }
    }
}
