package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.Lab;
import dev.weft.lab.LabDown;
import dev.weft.lab.LabLayout;
import dev.weft.lab.LabPod;
import dev.weft.lab.LabSpec;
import dev.weft.lab.LabState.PodMode;
import dev.weft.lab.LabUp;
import dev.weft.lab.PodOrder;
import dev.weft.lab.Progress;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.Poll;
import dev.weft.lab.part.KubeletNode;
import dev.weft.lab.part.LabNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Real kubelets and containerd on two nodes, the real scheduler and controller manager: what
 * clusters do to pods all day. Selected by its tag, see the README.
 */
@Tag("kubelet")
@Tag("real-kube")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeletIT {
    private static final LabLayout LAYOUT =
            new LabLayout(System.getProperty("weft.e2e.kubelet.lab", "e2ek"));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String NAMESPACE = "apps";
    private static final int REPLICAS = 20;

    private static final String SERVE =
            """
            "mkdir -p /www && hostname > /www/name && echo serving && exec httpd -f -p '[::]:8080' -h /www\"""";

    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: %d
              strategy: {rollingUpdate: {maxUnavailable: 4, maxSurge: 4}}
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  topologySpreadConstraints:
                  - {maxSkew: 2, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway,
                     labelSelector: {matchLabels: {app: web}}}
                  containers:
                  - name: web
                    image: %s
                    imagePullPolicy: Never
                    command: [sh, -c, SERVE]
                    readinessProbe: {httpGet: {path: /name, port: 8080}, periodSeconds: 2, timeoutSeconds: 5}
                    livenessProbe: {exec: {command: [test, -d, /www]}, periodSeconds: 20, timeoutSeconds: 10}
            """
                    .replace("SERVE", SERVE);

    private static final String HOST_PORT =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: edge}
            spec:
              terminationGracePeriodSeconds: 1
              nodeSelector: {kubernetes.io/hostname: n1}
              containers:
              - name: edge
                image: %s
                imagePullPolicy: Never
                command: [sh, -c, SERVE]
                ports: [{containerPort: 8080, hostPort: 18080}]
                readinessProbe: {httpGet: {path: /name, port: 8080}, periodSeconds: 2}
            """
                    .replace("SERVE", SERVE);

    private Lab lab;
    private Kubectl kubectl;
    private Fabric fabric;

    @BeforeAll
    void runTwentyPods() {
        LabDown.down(LAYOUT);
        lab =
                LabUp.up(
                        LAYOUT,
                        new LabSpec(2, LabSpec.Kube.REAL, true, PodMode.KUBELET),
                        Progress.to(System.out));
        kubectl = new Kubectl(LAYOUT.kubeconfig(), NAMESPACE);
        fabric = new Fabric(lab);
        Poll.until("the nodes to be ready", PATIENCE, () -> kubectl.readyNodes() == 2);
        kubectl.run("create", "namespace", NAMESPACE);
        kubectl.apply(DEPLOYMENT.formatted(REPLICAS, PodOrder.IMAGE));
        kubectl.awaitRollout("deployment/web", PATIENCE);
    }

    @AfterAll
    void down() {
        lab.close();
        if (!Boolean.getBoolean("weft.e2e.keep")) {
            LabDown.down(LAYOUT);
        }
    }

    @Test
    void aDeploymentsPodsAreOnBothNodesAndAllReachEachOther() {
        List<LabPod> pods = web();
        assertThat(pods).hasSize(REPLICAS);
        assertThat(nodesOf(pods)).containsExactlyInAnyOrder("n1", "n2");
        assertThat(pods).allSatisfy(pod -> assertThat(pod.addresses()).hasSize(2));
        fabric.awaitAllReachable(pods);
        fabric.awaitAllReachable(pods.reversed());
    }

    @Test
    void kubeletReachesPodsForProbesAndTheApiServerKubeletForExecAndLogs() {
        LabPod pod = web().getFirst();
        // the readiness probe is HTTP from the node over ovn0, IPv4; without answers nothing is
        // ready
        assertThat(kubectl.isReady(pod.name())).isTrue();
        assertThat(kubectl.run("exec", pod.name(), "--", "hostname")).isEqualTo(pod.name());
        assertThat(kubectl.run("logs", pod.name())).contains("serving");
        LabPod other = web().getLast();
        assertThat(
                        kubectl.run(
                                "exec",
                                pod.name(),
                                "--",
                                "wget",
                                "-qO-",
                                "http://" + other.ipv4() + ":8080/name"))
                .isEqualTo(other.name());
    }

    @Test
    void aProbeThatFailsTakesThePodOutAndBackIn() {
        LabPod pod = web().getFirst();
        kubectl.run("exec", pod.name(), "--", "mv", "/www/name", "/www/gone");
        Poll.until("the pod not to be ready", PATIENCE, () -> !kubectl.isReady(pod.name()));
        kubectl.run("exec", pod.name(), "--", "mv", "/www/gone", "/www/name");
        Poll.until("the pod to be ready", PATIENCE, () -> kubectl.isReady(pod.name()));
    }

    @Test
    void aRollingUpdateReplacesEveryPodAndLeavesNothing() {
        Set<String> before = names(web());
        kubectl.run("set", "env", "deployment/web", "VERSION=" + System.nanoTime());
        kubectl.awaitRollout("deployment/web", PATIENCE);
        assertThat(names(web())).hasSize(REPLICAS).doesNotContainAnyElementsOf(before);
        awaitNothingLeft();
    }

    @Test
    void aDrainedNodeGivesItsPodsAwayAndTakesNewOnesAfterwards() {
        kubectl.run("drain", "n1", "--ignore-daemonsets", "--force", "--timeout=240s");
        kubectl.awaitRollout("deployment/web", PATIENCE);
        assertThat(nodesOf(web())).containsExactly("n2");
        assertThat(fabric.plugged(lab.node("n1"))).isEmpty();
        kubectl.run("uncordon", "n1");
        kubectl.run("rollout", "restart", "deployment/web");
        kubectl.awaitRollout("deployment/web", PATIENCE);
        assertThat(nodesOf(web())).contains("n1");
        awaitNothingLeft();
    }

    @Test
    void podsDeletedByForceAreReplacedAndLeaveNothing() {
        Set<String> before = names(web());
        kubectl.run("delete", "pods", "-l", "app=web", "--force", "--grace-period=0");
        kubectl.awaitRollout("deployment/web", PATIENCE);
        Poll.until(
                "the old pods to go",
                PATIENCE,
                () -> names(web()).stream().noneMatch(before::contains));
        assertThat(names(web())).hasSize(REPLICAS);
        fabric.awaitAllReachable(web());
        awaitNothingLeft();
    }

    @Test
    void podsGoOnWhileKubeletAndRuntimeAreKilledAndNewOnesComeAfterwards() {
        List<LabPod> pods = web();
        LabPod from = on(pods, "n1");
        LabPod to = on(pods, "n2");
        KubeletNode node = lab.kubelets().orElseThrow().of(lab.node("n1"));
        try (PingStream pings = PingStream.start(from, to.ipv4())) {
            node.kubelet().process().kill();
            node.containerd().process().kill();
            node.containerd().process().start();
            node.kubelet().process().start();
            Poll.until("n1 to be ready", PATIENCE, () -> kubectl.readyNodes() == 2);
            PingStream.Count count = pings.stop();
            assertThat(count.sent()).isGreaterThan(50);
            assertThat(count.lost()).as(count.toString()).isZero();
        }
        assertThat(names(web())).isEqualTo(names(pods));
        kubectl.run("delete", "pod", from.name(), "--wait=true");
        kubectl.awaitRollout("deployment/web", PATIENCE);
        fabric.awaitAllReachable(web());
        awaitNothingLeft();
    }

    @Test
    void aHostPortLeadsToItsPod() {
        kubectl.apply(HOST_PORT.formatted(PodOrder.IMAGE));
        Poll.until("the pod to be ready", PATIENCE, () -> kubectl.isReady("edge"));
        LabNode node = lab.node("n1");
        Poll.until(
                "an answer on the node's port",
                PATIENCE,
                () -> get(node, "http://127.0.0.1:18080/name").equals("edge"));
        kubectl.run("delete", "pod", "edge");
        Poll.until(
                "the port to be closed",
                PATIENCE,
                () -> get(node, "http://127.0.0.1:18080/name").isEmpty());
        awaitNothingLeft();
    }

    private static String get(LabNode node, String url) {
        Command.Result answer =
                node.netns().command("curl", "-s", "--noproxy", "*", "--max-time", "3", url).run();
        return answer.ok() ? answer.out().strip() : "";
    }

    /**
     * OVN, IP objects, Open vSwitch, namespaces and interfaces hold the pods there are, no more.
     */
    private void awaitNothingLeft() {
        fabric.awaitNoDifferences(PATIENCE);
    }

    private List<LabPod> web() {
        return lab.pods().all().stream()
                .filter(pod -> pod.namespace().equals(NAMESPACE))
                .filter(pod -> pod.name().startsWith("web-"))
                .filter(pod -> pod.object().getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private static LabPod on(List<LabPod> pods, String node) {
        return pods.stream().filter(pod -> pod.node().equals(node)).findFirst().orElseThrow();
    }

    private static Set<String> names(List<LabPod> pods) {
        return pods.stream().map(LabPod::name).collect(Collectors.toSet());
    }

    private static Set<String> nodesOf(List<LabPod> pods) {
        return pods.stream().map(LabPod::node).collect(Collectors.toSet());
    }
}
