package dev.weft.relay;

import static org.awaitility.Awaitility.await;

import dev.weft.lab.Lab;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/** What happens to pods in Kubernetes, and whether the receiver hears of it. */
record Cluster(Lab lab, Receiver receiver) {
    /** How long it may take until the receiver knows. */
    static final Duration SOON = Duration.ofSeconds(20);

    KubernetesClient client() {
        return lab.kube();
    }

    void create(String pod) {
        client().resource(pod(pod)).create();
    }

    void remove(String pod) {
        client().pods().inNamespace("default").withName(pod).withGracePeriod(0).delete();
    }

    /** Waits until the receiver has the pod, or has it no more. */
    void awaitPod(String name, boolean there) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> receiver.pods.get("default/" + name).isPresent() == there);
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
    }
}
