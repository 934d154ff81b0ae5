package dev.weft.bench;

import dev.weft.lab.Lab;
import dev.weft.lab.LabLayout;
import dev.weft.lab.NativeParts;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.Poll;
import dev.weft.lab.part.LabNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The CNI plugin as the process that a runtime starts, beside Debian's {@code bridge} with {@code
 * host-local}, in rounds that take turns: VERSION, which is start and end alone, then ADD and DEL
 * on the first node of a lab that is up, split by part. The addresses of our pods are leased before
 * the clock starts, as they are before kubelet asks. The lab's pod runner stands still meanwhile.
 *
 * <p>Arguments: {@code --rounds N} (50) pods; VERSION is asked 40 times in each of five rounds;
 * {@code --json}.
 */
public final class CniBench {
    private static final String PREFIX = "wbench-";
    private static final int VERSION_ROUNDS = 5;
    private static final int VERSIONS_A_ROUND = 40;
    private static final String COMPETITOR = "/usr/lib/cni/bridge";
    private static final String COMPETITOR_CONFIG =
            """
            {"cniVersion":"1.0.0","name":"weft-bench","type":"bridge","bridge":"br0","isGateway":true,
             "ipam":{"type":"host-local","dataDir":"%s","subnet":"10.250.0.0/16","routes":[{"dst":"0.0.0.0/0"}]}}""";

    private final Lab lab;
    private final LabNode node;
    private final BenchPods pods;
    private final Launcher launcher;
    private final String plugin;

    private CniBench(Lab lab) {
        this.lab = lab;
        this.node = lab.nodes().getFirst();
        this.pods = new BenchPods(lab.kube());
        this.launcher = new Launcher(lab.layout().dir());
        this.plugin =
                NativeParts.of(lab.layout())
                        .executable(NativeParts.CNI)
                        .map(Path::toString)
                        .orElseGet(() -> lab.home().resolve("cni-binary/bin/weft").toString());
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

    /** What is measured of one plugin. */
    private record Samples(
            List<Launcher.Run> version, List<Launcher.Run> add, List<Launcher.Run> del) {
        Samples() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private Report run(int rounds) {
        var ours = new Samples();
        var theirs = new Samples();
        versions(new Samples(), new Samples());
        for (int i = 0; i < VERSION_ROUNDS; i++) {
            versions(ours, theirs);
        }
        var host = new NetNs(PREFIX + "host").create();
        try {
            round(0, host, new Samples(), new Samples());
            Map<String, Double> before = parts();
            for (int i = 1; i <= rounds; i++) {
                round(i, host, ours, theirs);
            }
            return report(ours, theirs, before, parts());
        } finally {
            NetNs.withPrefix(PREFIX).forEach(NetNs::delete);
            pods.close();
        }
    }

    private void versions(Samples ours, Samples theirs) {
        var environment = Map.of("CNI_COMMAND", "VERSION");
        var stdin = "{\"cniVersion\":\"1.0.0\"}";
        ours.version.addAll(launcher.run(VERSIONS_A_ROUND, null, environment, stdin, plugin));
        theirs.version.addAll(launcher.run(VERSIONS_A_ROUND, null, environment, stdin, COMPETITOR));
    }

    private void round(int number, NetNs host, Samples ours, Samples theirs) {
        Pod pod = leased("cni-" + number);
        var sandbox = new NetNs(PREFIX + number).create();
        ours.add.add(ours("ADD", pod, sandbox));
        ours.del.add(ours("DEL", pod, sandbox));
        sandbox.delete();
        pods.delete("cni-" + number);
        var other = new NetNs(PREFIX + "t" + number).create();
        theirs.add.add(theirs("ADD", host, other));
        theirs.del.add(theirs("DEL", host, other));
        other.delete();
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

    private Launcher.Run ours(String command, Pod pod, NetNs sandbox) {
        var environment = new HashMap<>(environment(command, sandbox, "/opt/cni/bin"));
        environment.put(
                "CNI_ARGS",
                "IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s;K8S_POD_UID=%s"
                        .formatted(
                                BenchPods.NAMESPACE,
                                pod.getMetadata().getName(),
                                pod.getMetadata().getUid()));
        var config =
                "{\"cniVersion\":\"1.0.0\",\"name\":\"weft\",\"type\":\"weft\",\"server_socket\":\"%s\"}"
                        .formatted(lab.layout().cniSocket(node.name()));
        return launcher.run(1, null, environment, config, plugin).getFirst();
    }

    private Launcher.Run theirs(String command, NetNs host, NetNs sandbox) {
        var config = COMPETITOR_CONFIG.formatted(lab.layout().file("bench-host-local"));
        return launcher.run(
                        1, host, environment(command, sandbox, "/usr/lib/cni"), config, COMPETITOR)
                .getFirst();
    }

    private static Map<String, String> environment(String command, NetNs sandbox, String path) {
        return Map.of(
                "CNI_COMMAND",
                command,
                "CNI_CONTAINERID",
                sandbox.name(),
                "CNI_NETNS",
                sandbox.path().toString(),
                "CNI_IFNAME",
                "eth0",
                "CNI_PATH",
                path);
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

    private Report report(
            Samples ours, Samples theirs, Map<String, Double> before, Map<String, Double> after) {
        var report = new Report("CNI plugin as a process, one call after another: " + plugin);
        compare(report, "VERSION", ours.version, theirs.version);
        resident(report, "VERSION", ours.version, theirs.version);
        compare(report, "ADD", ours.add, theirs.add);
        resident(report, "ADD", ours.add, theirs.add);
        compare(report, "DEL", ours.del, theirs.del);
        double waiting = 0;
        for (String key : after.keySet().stream().sorted().toList()) {
            if (key.startsWith("weft_cni_part_seconds_sum")) {
                String count = key.replace("_sum", "_count");
                double times = after.get(count) - before.getOrDefault(count, 0.0);
                double millis = (after.get(key) - before.getOrDefault(key, 0.0)) / times * 1e3;
                if (times > 0) {
                    String what = "daemon " + key.substring(key.indexOf('{'));
                    report.add(what, millis, "ms", "mean of " + (long) times);
                    waiting += key.contains("installed") ? millis : 0;
                }
            }
        }
        double own = median(ours.add, Launcher.Run::nanos) / 1e6 - waiting;
        return report.add("weft ADD without the wait for OVN, p50", own, "ms")
                .add(
                        "the same in bridge's ADDs",
                        own * 1e6 / median(theirs.add, Launcher.Run::nanos),
                        "x",
                        "aim 0.35");
    }

    private static void compare(
            Report report, String what, List<Launcher.Run> ours, List<Launcher.Run> theirs) {
        report.addTimes("weft " + what, nanos(ours))
                .addTimes("bridge " + what, nanos(theirs))
                .add(
                        "weft's " + what + " in bridge's, p50",
                        (double) median(ours, Launcher.Run::nanos)
                                / median(theirs, Launcher.Run::nanos),
                        "x");
    }

    private static void resident(
            Report report, String what, List<Launcher.Run> ours, List<Launcher.Run> theirs) {
        long mine = median(ours, Launcher.Run::residentKib);
        long their = median(theirs, Launcher.Run::residentKib);
        report.add("weft " + what + ", largest resident set", mine, "KiB")
                .add("bridge " + what + ", largest resident set", their, "KiB")
                .add("weft " + what + ", page faults", median(ours, Launcher.Run::faults), "")
                .add("bridge " + what + ", page faults", median(theirs, Launcher.Run::faults), "");
    }

    private static long[] nanos(List<Launcher.Run> runs) {
        return runs.stream().mapToLong(Launcher.Run::nanos).toArray();
    }

    private static long median(List<Launcher.Run> runs, ToLongFunction<Launcher.Run> of) {
        return Percentiles.of(runs.stream().mapToLong(of).toArray()).at(50);
    }
}
