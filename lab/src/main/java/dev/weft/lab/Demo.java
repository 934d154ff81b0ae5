package dev.weft.lab;

import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.lab.check.Connectivity;
import dev.weft.lab.check.Matrix;
import dev.weft.lab.kube.ClusterObjects;
import dev.weft.lab.part.LabNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code weft up} ends with: a second subnet, a few pods on every node, and the measured proof
 * that they talk.
 */
public final class Demo {
    private static final String SUBNET = "shop";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Lab lab;
    private final Progress progress;
    private List<LabPod> pods = List.of();

    public Demo(Lab lab, Progress progress) {
        this.lab = lab;
        this.progress = progress;
    }

    /** Makes subnet and pods where they are not there, and returns when the pods run. */
    public void ensure() {
        new Steps(progress).add("demo subnet and pods", this::make).run();
    }

    /** Sends packets all ways. */
    public Matrix measure() {
        long from = System.nanoTime();
        Matrix matrix = new Matrix(Connectivity.measure(Connectivity.probes(lab, pods), PATIENCE));
        progress.done("connectivity", (System.nanoTime() - from) / 1e9);
        return matrix;
    }

    /** Nodes, subnets and pods with addresses, for people. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format("  %-10s %s%n", "node", "address"));
        lab.nodes()
                .forEach(
                        node ->
                                table.append(
                                        String.format(
                                                "  %-10s %s%n", node.name(), node.address())));
        table.append(String.format("%n  %-14s %-36s %s%n", "subnet", "range", "gateway"));
        for (Subnet subnet : lab.kube().resources(Subnet.class).list().getItems()) {
            SubnetSpec spec = subnet.getSpec();
            table.append(
                    String.format(
                            "  %-14s %-36s %s%n",
                            subnet.getMetadata().getName(), spec.cidrBlock(), spec.gateway()));
        }
        table.append(
                String.format("%n  %-20s %-8s %-14s %s%n", "pod", "node", "subnet", "addresses"));
        pods.forEach(
                pod ->
                        table.append(
                                String.format(
                                        "  %-20s %-8s %-14s %s%n",
                                        pod,
                                        pod.node(),
                                        Connectivity.subnet(pod),
                                        String.join(", ", pod.addresses()))));
        return table.toString();
    }

    private void make() {
        new ClusterObjects(lab).ensureNamespaces(SUBNET);
        if (lab.kube().resources(Subnet.class).withName(SUBNET).get() == null) {
            lab.kube()
                    .resource(
                            new Subnet(
                                    SUBNET,
                                    SubnetSpec.builder()
                                            .cidrBlock("10.17.0.0/16,fd00:10:17::/112")
                                            .namespaces(SUBNET)
                                            .build()))
                    .create();
        }
        List<PodOrder> orders = new ArrayList<>();
        for (LabNode node : lab.nodes().stream().limit(3).toList()) {
            orders.add(PodOrder.named("web-" + node.name()).on(node.name()));
            orders.add(PodOrder.named("db-" + node.name()).on(node.name()));
            orders.add(PodOrder.named("shop-" + node.name()).in(SUBNET).on(node.name()));
        }
        List<LabPod> made =
                orders.stream()
                        .map(
                                order ->
                                        lab.pods()
                                                .find(order.namespace(), order.name())
                                                .orElseGet(() -> lab.pods().create(order)))
                        .toList();
        pods = made.stream().map(pod -> pod.awaitRunning(Duration.ofSeconds(90))).toList();
    }
}
