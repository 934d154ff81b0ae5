package dev.weft.lab.runner;

import dev.weft.bus.Outcome;
import dev.weft.lab.LabLayout;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for one pod what is to be done next: reads, decides by {@link PodAction#decide}, acts. */
final class PodWorker {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);

    private final LabLayout layout;
    private final PodSource pods;
    private final Sandboxes sandboxes;
    private final Cni cni;
    private final Binder binder;
    private final PodReporter reporter;

    PodWorker(
            LabLayout layout,
            PodSource pods,
            Sandboxes sandboxes,
            Cni cni,
            Binder binder,
            PodReporter reporter) {
        this.layout = layout;
        this.pods = pods;
        this.sandboxes = sandboxes;
        this.cni = cni;
        this.binder = binder;
        this.reporter = reporter;
    }

    Outcome reconcile(PodKey key) throws IOException {
        Optional<Pod> pod = pods.find(key);
        return switch (PodAction.decide(pod, sandboxes.of(key))) {
            case PodAction.Nothing _ -> Outcome.done();
            case PodAction.Bind(Pod object) -> binder.bind(object);
            case PodAction.SetUp(Pod object) -> setUp(key, object);
            case PodAction.ReportRunning(Pod object, Sandbox sandbox) -> {
                reporter.running(object, sandbox.addresses());
                yield Outcome.done();
            }
            case PodAction.ReportHostNetwork(Pod object) -> {
                reporter.runningOnHost(object);
                yield Outcome.done();
            }
            case PodAction.TearDown(var sandbox, boolean objectToo) -> {
                if (sandbox != null) {
                    tearDown(sandbox);
                }
                if (objectToo) {
                    reporter.gone(key);
                }
                yield Outcome.done();
            }
        };
    }

    private Outcome setUp(PodKey key, Pod pod) throws IOException {
        Optional<Sandbox> left = sandboxes.of(key);
        if (left.isPresent()) {
            // a runner that was killed half-way: as kubelet does, away with it and from the
            // beginning
            tearDown(left.get());
        }
        Sandbox sandbox = Sandbox.begun(key, pod.getSpec().getNodeName());
        sandboxes.put(sandbox);
        sandbox.netns(layout).create();
        try {
            Sandbox made = sandbox.added(cni.add(sandbox));
            sandboxes.put(made);
            reporter.running(pod, made.addresses());
            return Outcome.done();
        } catch (Cni.CniFailure e) {
            reporter.waiting(pod, String.valueOf(e.getMessage()));
            tearDown(sandbox);
            return Outcome.failed(String.valueOf(e.getMessage()));
        }
    }

    private void tearDown(Sandbox sandbox) throws IOException {
        try {
            cni.delete(sandbox);
        } catch (Cni.CniFailure e) {
            // the namespace stays until DEL has succeeded, as the specification wants it
            throw new IOException(sandbox.pod() + " " + e.getMessage(), e);
        }
        sandbox.netns(layout).delete();
        sandboxes.remove(sandbox);
        LOG.debug("{} is gone", sandbox.pod());
    }
}
