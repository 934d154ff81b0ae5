package dev.weft.lab;

import dev.weft.lab.host.LabProcess;
import dev.weft.lab.kube.ClusterObjects;
import dev.weft.lab.part.LabNode;
import dev.weft.lab.part.Service;
import java.util.List;

/** Brings a lab up: starts what does not run, side by side where nothing depends on it. */
public final class LabUp {
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
        Steps steps = new Steps(progress).add("node " + name, () -> up.foundation(node));
        steps.add(
                "node object " + name, () -> up.objects.ensureNodes(List.of(node)), "node " + name);
        steps.add("daemon " + name, () -> node.daemon().start(), "node object " + name);
        steps.run();
        return node;
    }

    /** Removes a node: its object and its pods' first, then the rest. */
    public static void removeNode(Lab lab, String name) {
        LabNode node = lab.node(name);
        lab.pods().on(name).forEach(LabPod::delete);
        new ClusterObjects(lab).removeNode(name);
        node.remove(lab.central());
        lab.forgetNode(name);
    }

    private void run(boolean services) {
        Steps steps =
                new Steps(progress)
                        .add("underlay", () -> lab.underlay().ensure())
                        .add("kubernetes api", () -> lab.kubeApi().ensure())
                        .add("postgresql", () -> lab.postgres().ensure())
                        .add("ovn central", () -> lab.central().ensure(lab.underlay()), "underlay")
                        .add("broker", () -> lab.broker().process().start())
                        .add("kubernetes objects", this::objects, "kubernetes api");
        for (LabNode node : lab.nodes()) {
            steps.add("node " + node.name(), () -> foundation(node), "ovn central");
        }
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
            for (LabNode node : lab.nodes()) {
                steps.add(
                        "daemon " + node.name(),
                        () -> node.daemon().start(),
                        "node " + node.name(),
                        "kubernetes objects");
            }
            steps.add("pod runner", () -> lab.podRunner().process().start(), "kubernetes objects");
        }
        steps.run();
    }

    private void foundation(LabNode node) {
        node.ensure(lab.underlay());
        lab.central().awaitChassis(node.name());
    }

    private void objects() {
        objects.ensureKinds();
        objects.ensureNodes(lab.nodes());
    }
}
