package dev.weft.lab.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.PodOrder;
import dev.weft.lab.check.Connectivity;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft pod run|rm|exec|list}. */
@Command(
        name = "pod",
        description = "Run, remove, enter and list pods.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PodCommand.Run.class,
            PodCommand.Remove.class,
            PodCommand.Exec.class,
            PodCommand.ListPods.class
        })
final class PodCommand {
    private PodCommand() {}

    /** Which pod. */
    static final class Name {
        @Parameters(index = "0", paramLabel = "NAME", description = "The pod's name.")
        private String name = "";

        @Option(
                names = {"-n", "--namespace"},
                defaultValue = "default",
                description = "Default: ${DEFAULT-VALUE}.")
        private String namespace = "default";

        private LabPod find(Lab lab) {
            return lab.pods()
                    .find(namespace, name)
                    .orElseThrow(
                            () ->
                                    new NoSuchElementException(
                                            "there is no pod '%s' in namespace '%s'"
                                                    .formatted(name, namespace)));
        }
    }

    private static Map<String, Object> describe(LabPod pod) {
        return Map.of(
                "namespace", pod.namespace(),
                "name", pod.name(),
                "node", pod.node(),
                "phase", pod.phase(),
                "subnet", Connectivity.subnet(pod),
                "addresses", pod.addresses(),
                "netns", pod.netns().name());
    }

    private static void print(List<LabPod> pods, boolean json) throws Exception {
        if (json) {
            System.out.println(
                    new ObjectMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(pods.stream().map(PodCommand::describe).toList()));
            return;
        }
        System.out.printf(
                "%-14s %-24s %-8s %-10s %-14s %s%n",
                "NAMESPACE", "NAME", "NODE", "PHASE", "SUBNET", "ADDRESSES");
        for (LabPod pod : pods) {
            System.out.printf(
                    "%-14s %-24s %-8s %-10s %-14s %s%n",
                    pod.namespace(),
                    pod.name(),
                    pod.node(),
                    pod.phase(),
                    Connectivity.subnet(pod),
                    String.join(",", pod.addresses()));
        }
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Create a pod, and its namespace where missing, and wait until it runs.")
    static final class Run implements Callable<Integer> {
        @Mixin private Name pod = new Name();

        @Option(names = "--node", description = "The node it is to run on; any otherwise.")
        private @Nullable String node;

        @Option(
                names = "--annotation",
                paramLabel = "K=V",
                description = "An annotation; may be repeated.")
        private Map<String, String> annotations = Map.of();

        @Option(names = "--label", paramLabel = "K=V", description = "A label; may be repeated.")
        private Map<String, String> labels = Map.of();

        @Option(names = "--json", description = "For programs.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            try (Lab lab = Weft.lab()) {
                if (node != null) {
                    lab.node(node);
                }
                print(
                        List.of(
                                lab.pods()
                                        .run(
                                                new PodOrder(
                                                        pod.name,
                                                        pod.namespace,
                                                        node,
                                                        annotations,
                                                        labels))),
                        json);
                return 0;
            }
        }
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Delete a pod and wait until it is gone.")
    static final class Remove implements Callable<Integer> {
        @Mixin private Name pod = new Name();

        @Override
        public Integer call() {
            try (Lab lab = Weft.lab()) {
                pod.find(lab).delete();
                return 0;
            }
        }
    }

    @Command(
            name = "exec",
            mixinStandardHelpOptions = true,
            description =
                    "Run a command in a pod's network namespace; its exit status is the command's.")
    static final class Exec implements Callable<Integer> {
        @Mixin private Name pod = new Name();

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "CMD",
                description = "The command, after --.")
        private List<String> command = List.of();

        @Override
        public Integer call() throws Exception {
            try (Lab lab = Weft.lab()) {
                return Weft.foreground(pod.find(lab).netns().enter(command), Map.of());
            }
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List all pods with node, subnet and addresses.")
    static final class ListPods implements Callable<Integer> {
        @Option(names = "--json", description = "For programs.")
        private boolean json;

        @Override
        public Integer call() throws Exception {
            try (Lab lab = Weft.lab()) {
                print(lab.pods().all(), json);
                return 0;
            }
        }
    }
}
