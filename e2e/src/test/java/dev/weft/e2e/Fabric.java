package dev.weft.e2e;

import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.PodOrder;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Poll;
import dev.weft.lab.kube.ClusterObjects;
import dev.weft.lab.part.LabNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the tests do with a lab again and again: subnets, crowds of pods, and looking at what is
 * left.
 */
final class Fabric {
    /** How long the fabric may take to come to rest after a fault. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Lab lab;

    Fabric(Lab lab) {
        this.lab = lab;
    }

    /**
     * A subnet whose pods are those of the namespace of the same name; returns when it is there in
     * OVN.
     */
    void subnet(String name, String cidrs) {
        new ClusterObjects(lab).ensureNamespaces(name);
        subnet(new Subnet(name, SubnetSpec.builder().cidrBlock(cidrs).namespaces(name).build()));
    }

    /** Makes the subnet unless it is there; returns when it is there in OVN. */
    void subnet(Subnet subnet) {
        String name = subnet.getMetadata().getName();
        if (lab.kube().resources(Subnet.class).withName(name).get() == null) {
            lab.kube().resource(subnet).create();
        }
        Poll.until("switch " + name, PATIENCE, () -> switches().contains(name));
    }

    /** Removes a subnet and returns when OVN has forgotten it. */
    void removeSubnet(String name) {
        lab.kube().resources(Subnet.class).withName(name).delete();
        Poll.until("switch " + name + " to go", PATIENCE, () -> !switches().contains(name));
    }

    /** Orders for pods of one namespace, over all nodes in turn. */
    List<PodOrder> orders(String namespace, String prefix, int count) {
        List<LabNode> nodes = lab.nodes();
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                PodOrder.named(prefix + "-" + i)
                                        .in(namespace)
                                        .on(nodes.get(i % nodes.size()).name()))
                .toList();
    }

    /** The logical switches. */
    Set<String> switches() {
        return column("Logical_Switch", "name");
    }

    /** The logical switch ports of pods: those named {@code <pod>.<namespace>}. */
    Set<String> podPorts() {
        return column("Logical_Switch_Port", "name").stream()
                .filter(name -> name.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The interfaces that a node's Open vSwitch has for pods, by the port that they are bound to.
     */
    Set<String> plugged(LabNode node) {
        String ids = node.vsctl("--bare", "--columns=external_ids", "list", "Interface").output();
        return ids.lines()
                .filter(line -> line.contains("iface-id="))
                .map(line -> line.replaceFirst(".*iface-id=([^ ]+).*", "$1").replace("\"", ""))
                .filter(port -> port.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the IP objects of pods. */
    Set<String> ipObjects() {
        return lab.kube().resources(Ip.class).list().getItems().stream()
                .map(ip -> ip.getMetadata().getName())
                .filter(name -> name.contains("."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The port names of the pods that there are. */
    Set<String> pods() {
        return lab.pods().all().stream()
                .map(pod -> pod.name() + "." + pod.namespace())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Everything that pods leave traces in, compared with the pods that there are: OVN, IP objects,
     * Open vSwitch, network namespaces, and the kernel interfaces of the nodes. Empty when nothing
     * is missing and nothing is left over.
     */
    List<String> differences() {
        Set<String> pods = pods();
        List<String> differences = new ArrayList<>();
        compare("NB ports", pods, podPorts(), differences);
        compare("IP objects", pods, ipObjects(), differences);
        Set<String> plugged =
                lab.nodes().stream()
                        .flatMap(node -> plugged(node).stream())
                        .collect(Collectors.toSet());
        compare("OVS interfaces", pods, plugged, differences);
        count("pod namespaces", pods.size(), podNamespaces(), differences);
        long links = lab.nodes().stream().mapToLong(node -> podLinks(node)).sum();
        count("veth interfaces", pods.size(), links, differences);
        return differences;
    }

    /** Returns when nothing is missing and nothing is left over. */
    void awaitNoDifferences(Duration limit) {
        Poll.until(
                () -> "left over or missing: " + differences(),
                limit,
                () -> differences().isEmpty());
    }

    /** How many transactions the northbound database has written since it was made. */
    long northboundWrites() {
        String log =
                Command.of("ovsdb-tool", "show-log", lab.layout().file("central/nb.db").toString())
                        .output();
        return log.lines().filter(line -> line.startsWith("record ")).count();
    }

    /** Returns when every pod answers a ping from the first. */
    void awaitAllReachable(List<LabPod> pods) {
        LabPod from = pods.getFirst();
        pods.stream()
                .skip(1)
                .forEach(to -> to.addresses().forEach(address -> from.ping(address, PATIENCE)));
    }

    private long podNamespaces() {
        return lab.kubelets().isEmpty()
                ? NetNs.withPrefix(lab.layout().podPrefix()).size()
                : lab.nodes().stream()
                        .mapToLong(
                                node -> lab.kubelets().orElseThrow().of(node).containerd().netns())
                        .sum();
    }

    private static long podLinks(LabNode node) {
        // the node's own eth0 is a veth too
        return node.netns()
                        .command("ip", "-o", "link", "show", "type", "veth")
                        .output()
                        .lines()
                        .count()
                - 1;
    }

    private Set<String> column(String table, String column) {
        String text = lab.central().nbctl("--bare", "--columns=" + column, "list", table).output();
        return text.lines()
                .filter(line -> !line.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void compare(
            String what, Set<String> wanted, Set<String> found, List<String> differences) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        Set<String> left = new TreeSet<>(found);
        left.removeAll(wanted);
        if (!missing.isEmpty()) {
            differences.add(what + " missing: " + missing);
        }
        if (!left.isEmpty()) {
            differences.add(what + " left over: " + left);
        }
    }

    private static void count(String what, long wanted, long found, List<String> differences) {
        if (wanted != found) {
            differences.add(what + ": " + found + " instead of " + wanted);
        }
    }
}
