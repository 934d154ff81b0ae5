package dev.weft.lab.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How a process of the lab is started: an immutable description, acted on by {@link LabProcess}.
 *
 * @param name unique in the lab, as in {@code ovn-northd} or {@code n1/ovs-vswitchd}
 * @param argv the command line
 * @param environment added to what is inherited
 * @param netns the namespace it runs in; {@code null}: the machine's own
 * @param log where its output goes; appended to
 * @param daemonPidFile when the command puts itself into the background and returns once ready: the
 *     file it leaves its pid in. {@code null}: the command stays in the foreground
 * @param ready asked again and again after the start until it says yes
 * @param patience how long it may take to be ready
 * @param stopSignal what asks it to end
 */
public record Launch(
        String name,
        List<String> argv,
        Map<String, String> environment,
        @Nullable NetNs netns,
        Path log,
        @Nullable Path daemonPidFile,
        Callable<Boolean> ready,
        Duration patience,
        String stopSignal) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    public Launch {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** A foreground process that counts as ready at once. */
    public static Launch of(String name, Path log, List<String> argv) {
        return new Launch(name, argv, Map.of(), null, log, null, () -> true, PATIENCE, "TERM");
    }

    /** The same inside a namespace. */
    public Launch inside(NetNs namespace) {
        return new Launch(
                name,
                argv,
                environment,
                namespace,
                log,
                daemonPidFile,
                ready,
                patience,
                stopSignal);
    }

    /** The same with more environment. */
    public Launch with(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(variables);
        return new Launch(name, argv, all, netns, log, daemonPidFile, ready, patience, stopSignal);
    }

    /**
     * The same, for a command that returns when its daemon is ready and leaves the daemon's pid in
     * a file.
     */
    public Launch daemonises(Path pidFile) {
        return new Launch(
                name, argv, environment, netns, log, pidFile, ready, patience, stopSignal);
    }

    /** The same, ready when the condition holds. */
    public Launch readyWhen(Callable<Boolean> condition) {
        return new Launch(
                name,
                argv,
                environment,
                netns,
                log,
                daemonPidFile,
                condition,
                patience,
                stopSignal);
    }

    /** The same with another signal that asks it to end. */
    public Launch stoppedBy(String signal) {
        return new Launch(
                name, argv, environment, netns, log, daemonPidFile, ready, patience, signal);
    }

    /** The full command line, namespace included. */
    public List<String> commandLine() {
        return Optional.ofNullable(netns).map(ns -> ns.enter(argv)).orElse(argv);
    }
}
