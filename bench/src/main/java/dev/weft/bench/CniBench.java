package dev.weft.bench;

import dev.weft.cni.binary.CniPlugin;
import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Poll;
import dev.weft.lab.part.LabNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * CNI ADD and DEL on the first node of a lab that is up, split by part, and beside them in the same
 * run Debian's {@code bridge} with {@code host-local} in a namespace of its own. The addresses of
 * our pods are leased before the clock starts, as they are before kubelet asks. The lab's pod
 * runner stands still meanwhile.
 *
 * <p>Arguments: {@code --rounds N} (50), {@code --json}.
 */
public final class CniBench {
    private static final String PREFIX = "wbench-";
    private static final String COMPETITOR = "/usr/lib/cni/bridge";
    private static final String COMPETITOR_CONFIG =
            """
            {"cniVersion":"1.0.0","name":"weft-bench","type":"bridge","bridge":"br0","isGateway":true,
             "ipam":{"type":"host-local","dataDir":"%s","subnet":"10.250.0.0/16","routes":[{"dst":"0.0.0.0/0"}]}}""";

    private final Lab lab;
    private final LabNode node;
    private final BenchPods pods;

    private CniBench(Lab lab) {
        this.lab = lab;
        this.node = lab.nodes().getFirst();
        this.pods = new BenchPods(lab.kube());
    }

    /** Runs the benchmark against the lab that {@code WEFT_LAB} names. */
    public static void main(String[] arguments) throws Exception {
        int rounds = Arguments.number(arguments, "--rounds", 50);
        try (Lab lab = Lab.open(LabLayout.fromEnvironment())) {
            lab.podRunner().process().kill();
            try {
                new CniBench(lab).run(rounds).print(System.out, arguments);
            } finally {
                lab.podRunner().process().start();
            }
        }
    }

    private Report run(int rounds) throws Exception {
        long[] add = new long[rounds];
        long[] del = new long[rounds];
        long[] theirAdd = new long[rounds];
        long[] theirDel = new long[rounds];
        var host = new NetNs(PREFIX + "host").create();
        try {
            round(0, new long[1], new long[1], 0, host, new long[1], new long[1]);
            Map<String, Double> before = parts();
            for (int i = 0; i < rounds; i++) {
                round(i + 1, add, del, i, host, theirAdd, theirDel);
            }
            return report(add, del, theirAdd, theirDel, before, parts());
        } finally {
            NetNs.withPrefix(PREFIX).forEach(NetNs::delete);
            pods.close();
        }
    }

    private void round(
            int number,
            long[] add,
            long[] del,
            int at,
            NetNs host,
            long[] theirAdd,
            long[] theirDel) {
        Pod pod = leased("cni-" + number);
        var sandbox = new NetNs(PREFIX + number).create();
        add[at] = ours("ADD", pod, sandbox);
        del[at] = ours("DEL", pod, sandbox);
        sandbox.delete();
        pods.delete("cni-" + number);
        var theirs = new NetNs(PREFIX + "t" + number).create();
        theirAdd[at] = theirs("ADD", number, host, theirs);
        theirDel[at] = theirs("DEL", number, host, theirs);
        theirs.delete();
    }

    private Pod leased(String name) {
        pods.create(name, node.name());
        Poll.until(
                "an address for " + name,
                Duration.ofSeconds(60),
                () -> {
                    var annotations = pods.get(name).getMetadata().getAnnotations();
                    return annotations != null
                            && annotations.containsKey("ovn.kubernetes.io/allocated");
                });
        return pods.get(name);
    }

    private long ours(String command, Pod pod, NetNs sandbox) {
        var stdout = new ByteArrayOutputStream();
        var config =
                "{\"cniVersion\":\"1.0.0\",\"name\":\"weft\",\"type\":\"weft\",\"server_socket\":\"%s\"}"
                        .formatted(lab.layout().cniSocket(node.name()));
        var environment =
                Map.of(
                        "CNI_COMMAND",
                        command,
                        "CNI_CONTAINERID",
                        sandbox.name(),
                        "CNI_NETNS",
                        sandbox.path().toString(),
                        "CNI_IFNAME",
                        "eth0",
                        "CNI_PATH",
                        "/opt/cni/bin",
                        "CNI_ARGS",
                        "IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s;K8S_POD_UID=%s"
                                .formatted(
                                        BenchPods.NAMESPACE,
                                        pod.getMetadata().getName(),
                                        pod.getMetadata().getUid()));
        long start = System.nanoTime();
        int exit =
                CniPlugin.run(
                        environment,
                        new ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8)),
                        stdout);
        long took = System.nanoTime() - start;
        if (exit != 0) {
            throw new IllegalStateException(
                    command + ": " + stdout.toString(StandardCharsets.UTF_8));
        }
        return took;
    }

    private long theirs(String command, int number, NetNs host, NetNs sandbox) {
        var environment =
                Map.of(
                        "CNI_COMMAND",
                        command,
                        "CNI_CONTAINERID",
                        "bench" + number,
                        "CNI_NETNS",
                        sandbox.path().toString(),
                        "CNI_IFNAME",
                        "eth0",
                        "CNI_PATH",
                        "/usr/lib/cni");
        var call =
                host.command(COMPETITOR)
                        .with(environment)
                        .stdin(COMPETITOR_CONFIG.formatted(lab.layout().file("bench-host-local")));
        long start = System.nanoTime();
        var result = call.run();
        long took = System.nanoTime() - start;
        if (!result.ok()) {
            throw new IllegalStateException(COMPETITOR + " " + command + ": " + result.out());
        }
        return took;
    }

    /** Sum and count of each part of each command so far, from the daemon's own metrics. */
    private Map<String, Double> parts() {
        var metrics = new HashMap<String, Double>();
        node.netns()
                .command(
                        "curl",
                        "-s",
                        "http://127.0.0.1:"
                                + lab.layout().port(LabLayout.Port.NODE_DAEMON)
                                + "/q/metrics")
                .output()
                .lines()
                .filter(
                        line ->
                                line.startsWith("weft_cni_part_seconds_")
                                        && !line.contains("bucket"))
                .forEach(
                        line -> {
                            int space = line.lastIndexOf(' ');
                            metrics.put(
                                    line.substring(0, space),
                                    Double.parseDouble(line.substring(space + 1)));
                        });
        return metrics;
    }

    private static Report report(
            long[] add,
            long[] del,
            long[] theirAdd,
            long[] theirDel,
            Map<String, Double> before,
            Map<String, Double> after) {
        var report = new Report("CNI ADD and DEL, one after another");
        report.addTimes("weft ADD, within one JVM, whole", add)
                .addTimes("weft DEL, within one JVM, whole", del)
                .addTimes("bridge + host-local ADD, with its start", theirAdd)
                .addTimes("bridge + host-local DEL, with its start", theirDel);
        after.keySet().stream()
                .filter(key -> key.startsWith("weft_cni_part_seconds_sum"))
                .sorted()
                .forEach(
                        key -> {
                            String count = key.replace("_sum", "_count");
                            double times = after.get(count) - before.getOrDefault(count, 0.0);
                            double seconds = after.get(key) - before.getOrDefault(key, 0.0);
                            if (times > 0) {
                                report.add(
                                        "daemon " + key.substring(key.indexOf('{')),
                                        seconds / times * 1e3,
                                        "ms",
                                        "mean of " + (long) times);
                            }
                        });
        double ours = Percentiles.of(add).at(50);
        double bridge = Percentiles.of(theirAdd).at(50);
        return report.add(
                "bridge's ADD in our ADDs, p50", bridge / ours, "x", "above 1: ours is faster");
    }
}
