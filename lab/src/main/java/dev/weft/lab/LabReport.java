package dev.weft.lab;

import dev.weft.lab.LabLayout.Port;
import dev.weft.lab.broker.BrokerMain;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.ProcFs;
import dev.weft.lab.part.Postgres;
import dev.weft.lab.part.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs in a lab and how to reach it: {@code weft status --json}. The names of the fields are
 * an interface: programs read them.
 *
 * @param up whether every process runs
 */
public record LabReport(
        String name,
        String dir,
        boolean up,
        Kubernetes kubernetes,
        Ovn ovn,
        List<NodeReport> nodes,
        Server postgres,
        Server broker,
        Map<String, String> services,
        List<ProcessReport> processes) {

    /** The Kubernetes API; {@code mode} is {@code real} or {@code embedded}. */
    public record Kubernetes(String mode, String kubeconfig) {}

    /** The databases of OVN, as its tools take them behind {@code --db=}. */
    public record Ovn(String nb, String sb) {}

    /** A node: its Open_vSwitch database, namespace, underlay address and CNI socket. */
    public record NodeReport(
            String name, String ovs, String netns, String address, String cniSocket) {}

    /** A server with a login. */
    public record Server(String url, String user, String password) {}

    /** A process; pid 0: it does not run. */
    public record ProcessReport(String name, long pid, long memoryBytes, String log) {}

    /** Looks at a lab. */
    public static LabReport of(Lab lab) {
        LabLayout layout = lab.layout();
        List<ProcessReport> processes = lab.processes().stream().map(LabReport::process).toList();
        Map<String, String> services = new LinkedHashMap<>();
        for (Service service : lab.services()) {
            services.put(service.process().name(), service.url());
        }
        return new LabReport(
                layout.name(),
                layout.dir().toString(),
                processes.stream().allMatch(process -> process.pid() != 0),
                new Kubernetes(
                        lab.state().kube().name().toLowerCase(java.util.Locale.ROOT),
                        layout.kubeconfig().toString()),
                new Ovn(lab.central().northboundRemote(), lab.central().southboundRemote()),
                lab.nodes().stream()
                        .map(
                                node ->
                                        new NodeReport(
                                                node.name(),
                                                node.ovsRemote(),
                                                node.netns().name(),
                                                node.address(),
                                                layout.cniSocket(node.name()).toString()))
                        .toList(),
                new Server(lab.postgres().url(), Postgres.USER, lab.state().postgresPassword()),
                new Server(
                        "amqp://127.0.0.1:" + layout.port(Port.BROKER),
                        BrokerMain.USER,
                        lab.state().brokerPassword()),
                services,
                processes);
    }

    private static ProcessReport process(LabProcess process) {
        long pid = process.pid().orElse(0);
        String log;
        try {
            log = process.log().toString();
        } catch (IllegalStateException _) {
            // not built, so there is no telling how it would be started
            log = "";
        }
        return new ProcessReport(
                process.name(), pid, pid == 0 ? 0 : ProcFs.residentBytes(pid), log);
    }
}
