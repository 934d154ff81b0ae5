package dev.weft.lab.check;

import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.check.Probe.Kind;
import dev.weft.lab.host.Command;
import dev.weft.lab.part.LabNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures which ways really work: every probe is an echo request by the kernel of the sender's
 * namespace.
 */
public final class Connectivity {
    private static final String ANNOTATIONS = "ovn.kubernetes.io/";
    private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");
    private static final int AT_ONCE = 8;

    private Connectivity() {}

    /**
     * What came of a probe: the round-trip time in milliseconds, or nothing when no answer came in
     * time.
     */
    public record Measured(Probe probe, OptionalDouble milliseconds) {
        /** Whether an answer came. */
        public boolean ok() {
            return milliseconds.isPresent();
        }
    }

    /** Every way between these pods, to their gateways and from every node to them. */
    public static List<Probe> probes(Lab lab, List<LabPod> pods) {
        List<Probe> probes = new ArrayList<>();
        for (LabPod from : pods) {
            for (LabPod to : pods) {
                if (from != to) {
                    to.addresses().forEach(address -> probes.add(probe(from, to, address)));
                }
            }
            annotation(from, "gateway")
                    .ifPresent(
                            gateways ->
                                    Arrays.stream(gateways.split(","))
                                            .forEach(
                                                    address ->
                                                            probes.add(
                                                                    new Probe(
                                                                            Kind.GATEWAY,
                                                                            from.netns(),
                                                                            from.toString(),
                                                                            address,
                                                                            "gateway of "
                                                                                    + subnet(
                                                                                            from)))));
        }
        for (LabNode node : lab.nodes()) {
            for (LabPod to : pods) {
                to.addresses()
                        .forEach(
                                address ->
                                        probes.add(
                                                new Probe(
                                                        Kind.NODE_TO_POD,
                                                        node.netns(),
                                                        node.name(),
                                                        address,
                                                        to.toString())));
            }
        }
        return probes;
    }

    /**
     * Sends the probes, a few at a time; each is repeated until it is answered or the time is over,
     * since the first packet through new flows may be lost.
     */
    public static List<Measured> measure(List<Probe> probes, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Measured>> running =
                    probes.stream()
                            .map(probe -> threads.submit(() -> measure(probe, deadline)))
                            .toList();
            return running.stream().map(Connectivity::join).toList();
        }
    }

    /** The subnet that a pod is in. */
    public static String subnet(LabPod pod) {
        return annotation(pod, "logical_switch").orElse("?");
    }

    private static Measured measure(Probe probe, long deadline) {
        do {
            Command.Result result =
                    probe.from().command("ping", "-n", "-c", "1", "-W", "1", probe.address()).run();
            Matcher time = TIME.matcher(result.out());
            if (result.ok() && time.find()) {
                return new Measured(probe, OptionalDouble.of(Double.parseDouble(time.group(1))));
            }
        } while (System.nanoTime() < deadline);
        return new Measured(probe, OptionalDouble.empty());
    }

    private static Measured join(Future<Measured> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Probe probe(LabPod from, LabPod to, String address) {
        Kind kind = Kind.SAME_NODE;
        if (!subnet(from).equals(subnet(to))) {
            kind = Kind.ACROSS_SUBNETS;
        } else if (!from.node().equals(to.node())) {
            kind = Kind.ACROSS_NODES;
        }
        return new Probe(kind, from.netns(), from.toString(), address, to.toString());
    }

    private static Optional<String> annotation(LabPod pod, String key) {
        return Optional.ofNullable(pod.annotations()).map(all -> all.get(ANNOTATIONS + key));
    }
}
