package dev.weft.lab;

import dev.weft.lab.host.LabProcess;
import dev.weft.lab.kube.ClusterObjects;
import dev.weft.lab.part.KubeletNode;
import dev.weft.lab.part.Kubelets;
import dev.weft.lab.part.LabNode;
import dev.weft.lab.part.Service;
import java.util.List;
import java.util.Optional;

/** Brings a lab up: starts what does not run, side by side where nothing depends on it. */
public final class LabUp {
    private static final String MACHINE = "kubernetes machine";
    private static final String IMAGE = "pod image";
    private static final String REGISTERED = "kubernetes node ";

    private final Lab lab;
    private final ClusterObjects objects;
    private final Progress progress;

    private LabUp(Lab lab, Progress progress) {
        this.lab = lab;
        this.progress = progress;
        this.objects = new ClusterObjects(lab);
    }

    /**
     * Brings the lab up, or completes one that is up in part. Whoever finds it good says so by
     * {@link Lab#completed}.
     */
    public static Lab up(LabLayout layout, LabSpec spec, Progress progress) {
        Lab lab = Lab.openOrCreate(layout, spec);
        new LabUp(lab, progress).run(spec.services());
        return lab;
    }

    /** Whether everything that such a lab has runs already. */
    public static boolean isUp(Lab lab, LabSpec spec) {
        List<LabProcess> wanted = spec.services() ? lab.processes() : lab.foundation();
        return lab.state().complete() && wanted.stream().allMatch(LabProcess::running);
    }

    /** Adds a node to a lab that is up, and returns when it can run pods. */
    public static LabNode addNode(Lab lab, String name, Progress progress) {
        LabNode node = lab.addNode(name);
        LabUp up = new LabUp(lab, progress);
        Steps steps = new Steps(progress);
        up.node(steps, node, true);
        steps.run();
        return node;
    }

    /** Removes a node: its object and its pods' first, then the rest. */
    public static void removeNode(Lab lab, String name) {
        LabNode node = lab.node(name);
        lab.pods().on(name).forEach(LabPod::delete);
        lab.kubelets().ifPresent(kubelets -> kubelets.of(node).stop());
        new ClusterObjects(lab).removeNode(name);
        node.remove(lab.central());
        lab.forgetNode(name);
    }

    private void run(boolean services) {
        Steps steps = new Steps(progress).add("underlay", () -> lab.underlay().ensure());
        lab.kubelets().ifPresent(kubelets -> machine(steps, kubelets));
        steps.add("kubernetes api", () -> lab.kubeApi().ensure(), steps.present(MACHINE))
                .add("postgresql", () -> lab.postgres().ensure())
                .add("ovn central", () -> lab.central().ensure(lab.underlay()), "underlay")
                .add("broker", () -> lab.broker().process().start())
                .add("kubernetes objects", this::objects, "kubernetes api");
        lab.kubelets()
                .ifPresent(
                        kubelets ->
                                steps.add(
                                        "controllers",
                                        () -> kubelets.controllers().ensure(),
                                        "kubernetes api"));
        if (services) {
            for (Service service : lab.services()) {
                steps.add(
                        service.process().name(),
                        () -> service.process().start(),
                        "kubernetes objects",
                        "postgresql",
                        "broker",
                        "ovn central");
            }
        }
        lab.nodes().forEach(node -> node(steps, node, services));
        if (services && lab.kubelets().isEmpty()) {
            steps.add("pod runner", () -> lab.podRunner().process().start(), "kubernetes objects");
        }
        steps.run();
    }

    private void machine(Steps steps, Kubelets kubelets) {
        steps.add(
                MACHINE,
                () -> {
                    kubelets.machine().ensure(lab.underlay());
                    kubelets.shareMounts();
                },
                "underlay");
        steps.add(IMAGE, kubelets::ensureImage);
    }

    /** The steps of one node; those of the cluster that it waits for are there, or long done. */
    private void node(Steps steps, LabNode node, boolean services) {
        String name = node.name();
        steps.add("node " + name, () -> foundation(node), steps.present("ovn central"));
        Optional<KubeletNode> real = lab.kubelets().map(kubelets -> kubelets.of(node));
        real.ifPresentOrElse(
                kubelet ->
                        steps.add(
                                REGISTERED + name,
                                kubelet::ensure,
                                steps.present("node " + name, IMAGE, "kubernetes api")),
                () ->
                        steps.add(
                                REGISTERED + name,
                                () -> objects.ensureNodes(List.of(node)),
                                steps.present("node " + name, "kubernetes objects")));
        if (services) {
            steps.add(
                    "daemon " + name,
                    () -> node.daemon().start(),
                    steps.present(REGISTERED + name, "kubernetes objects"));
            real.ifPresent(
                    kubelet ->
                            steps.add(
                                    "network " + name,
                                    kubelet::configureNetwork,
                                    "daemon " + name));
        }
    }

    private void objects() {
        objects.ensureKinds();
        objects.ensureIdentities();
    }

    private void foundation(LabNode node) {
        node.ensure(lab.underlay());
        lab.central().awaitChassis(node.name());
    }
}
