package dev.weft.e2e;

import dev.weft.lab.host.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** kubectl, as users call it, on one namespace of a lab. */
record Kubectl(Path kubeconfig, String namespace) {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    /** Runs it and returns what it printed; fails when it does. */
    String run(String... arguments) {
        return command(arguments).output();
    }

    /** Applies a manifest. */
    void apply(String yaml) {
        command("apply", "-f", "-").stdin(yaml).output();
    }

    /** Returns when a workload, as in {@code deployment/web}, is rolled out completely. */
    void awaitRollout(String workload, Duration limit) {
        run("rollout", "status", workload, "--timeout=" + limit.toSeconds() + "s");
    }

    /** How many nodes are ready. */
    long readyNodes() {
        return run(
                        "get",
                        "nodes",
                        "-o",
                        "jsonpath={range .items[*]}{.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}")
                .lines()
                .filter("True"::equals)
                .count();
    }

    /** Whether a pod is ready. */
    boolean isReady(String pod) {
        return run(
                        "get",
                        "pod",
                        pod,
                        "-o",
                        "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}")
                .equals("True");
    }

    private Command command(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("kubectl", "--namespace=" + namespace));
        argv.addAll(List.of(arguments));
        return Command.of(argv).with(Map.of("KUBECONFIG", kubeconfig.toString())).within(LIMIT);
    }
}
