package dev.weft.lab.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.lab.Lab;
import dev.weft.lab.LabReport;
import dev.weft.lab.LabReport.ProcessReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weft status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Show what runs, and how to reach it.",
            "Exit status 1 when a process of the lab does not run."
        })
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--json", description = "For programs; holds the lab's passwords.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Lab lab = Weft.lab()) {
            LabReport report = LabReport.of(lab);
            if (json) {
                System.out.println(
                        new ObjectMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(report));
            } else {
                print(report);
            }
            return report.up() ? 0 : 1;
        }
    }

    private static void print(LabReport report) {
        System.out.printf(
                "lab %s in %s, %s Kubernetes API%n%n",
                report.name(), report.dir(), report.kubernetes().mode());
        System.out.printf("%-22s %9s %9s  %s%n", "PROCESS", "PID", "MEMORY", "LOG");
        for (ProcessReport process : report.processes()) {
            String pid = process.pid() == 0 ? "down" : Long.toString(process.pid());
            System.out.printf(
                    "%-22s %9s %6d MB  %s%n",
                    process.name(), pid, process.memoryBytes() >> 20, process.log());
        }
        System.out.println();
        System.out.println("kubeconfig   " + report.kubernetes().kubeconfig());
        System.out.println("ovn nb       " + report.ovn().nb());
        System.out.println("ovn sb       " + report.ovn().sb());
        report.nodes()
                .forEach(
                        node ->
                                System.out.println(
                                        "ovs "
                                                + node.name()
                                                + "       "
                                                + node.ovs()
                                                + "  netns "
                                                + node.netns()));
        System.out.println(
                "postgres     " + report.postgres().url() + "  user " + report.postgres().user());
        System.out.println(
                "broker       " + report.broker().url() + "  user " + report.broker().user());
        report.services().forEach((name, url) -> System.out.printf("%-12s %s%n", name, url));
    }
}
