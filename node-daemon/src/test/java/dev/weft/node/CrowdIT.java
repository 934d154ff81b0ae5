package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.netlink.NetNs;
import dev.weft.node.CniClient.Answer;
import dev.weft.node.CniClient.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 500 requests at one daemon at once, as after a node's restart. */
@ExtendWith(SharedNode.class)
class CrowdIT {
    private static final int REQUESTS = 500;

    /**
     * How many of them are for pods that can be plugged; ovs-vswitchd takes long for each in
     * userspace. The others wait for a lease in vain.
     */
    private static final int PODS = Boolean.getBoolean("weft.soak") ? REQUESTS : 30;

    private final NodeUnderTest tested;
    private final RealNode node;
    private final CniClient cni;

    CrowdIT(NodeUnderTest tested) {
        this.tested = tested;
        this.node = tested.node();
        this.cni = tested.cni();
    }

    @Test
    void answersFiveHundredAddsAndDelsAtOnceAndHoldsNoMoreThanBefore() throws Exception {
        NetNs waiting = node.podNs("crowd");
        // what is loaded and kept at the first request of a kind does not count
        burst(containers(List.of(tested.readyPod(), tested.readyPod()), waiting, 20));
        var before = Holdings.now();
        var pods = new ArrayList<TestPod>();
        for (int i = 0; i < PODS; i++) {
            pods.add(tested.readyPod());
        }

        burst(containers(pods, waiting, REQUESTS - PODS));

        var ports = node.vsctl("list-ports", "br-int").lines().toList();
        assertThat(pods).noneMatch(pod -> ports.contains(pod.hostLink()));
        tested.eventually("all links are gone", () -> pods.stream().noneMatch(tested::hasLink));
        Holdings.now().assertNoMoreThan(before);
    }

    private static List<Container> containers(List<TestPod> pods, NetNs waiting, int unknown) {
        var all = new ArrayList<>(pods.stream().map(TestPod::container).toList());
        for (int i = 0; i < unknown; i++) {
            String id = "%064x".formatted(0xabcd_0000L + i);
            all.add(new Container(id, waiting, "shop", "unknown-" + i, null));
        }
        return all;
    }

    private void burst(List<Container> containers) throws Exception {
        var added = all(containers, pod -> cni.add(pod, isKnown(pod) ? 50 : 5));
        for (int i = 0; i < added.size(); i++) {
            if (isKnown(containers.get(i))) {
                assertThat(added.get(i).result().ips()).hasSize(2);
            } else {
                assertThat(added.get(i).error().code()).isEqualTo(11);
            }
        }
        assertThat(all(containers, cni::del)).allMatch(Answer::isSuccess);
    }

    private static boolean isKnown(Container container) {
        return !container.pod().startsWith("unknown");
    }

    private static List<Answer> all(List<Container> containers, Function<Container, Answer> command)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers =
                    containers.stream()
                            .map(pod -> threads.submit(() -> command.apply(pod)))
                            .toList();
            var all = new ArrayList<Answer>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }

    /** What this process holds, and with it the daemon. */
    private record Holdings(long heap, int descriptors, Set<String> namespaces) {

        /** After collections, so that only what is still used counts. */
        static Holdings now() throws IOException {
            long heap = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                System.gc();
                long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                heap = Math.min(heap, used);
            }
            return new Holdings(heap, links("/proc/self/fd").size(), namespacesOfThreads());
        }

        void assertNoMoreThan(Holdings before) {
            assertThat(namespaces).isEqualTo(before.namespaces);
            // the API server's mock and its client keep a few connections
            assertThat(descriptors).isLessThanOrEqualTo(before.descriptors + 10);
            assertThat(heap).isLessThan(before.heap + before.heap / 10);
        }

        private static Set<String> namespacesOfThreads() throws IOException {
            var found = new HashSet<String>();
            try (var threads = Files.list(Path.of("/proc/self/task"))) {
                threads.forEach(thread -> found.addAll(links(thread + "/ns/net")));
            }
            return found;
        }

        /**
         * Where a link, or each link in a folder, leads to; what vanishes meanwhile does not count.
         */
        private static List<String> links(String path) {
            try {
                if (Files.isSymbolicLink(Path.of(path))) {
                    return List.of(Files.readSymbolicLink(Path.of(path)).toString());
                }
                try (var entries = Files.list(Path.of(path))) {
                    return entries.map(Path::toString).toList();
                }
            } catch (NoSuchFileException _) {
                return List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
