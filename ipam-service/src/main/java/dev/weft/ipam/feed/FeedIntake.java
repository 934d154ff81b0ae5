package dev.weft.ipam.feed;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes the relay's messages from the broker; each is acknowledged when its view has it. */
@ApplicationScoped
class FeedIntake {

    private final Views views;

    FeedIntake(Views views) {
        this.views = views;
    }

    @Incoming("kube-pod")
    void pod(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-node")
    void node(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-namespace")
    void namespace(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-subnet")
    void subnet(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-ip")
    void ip(byte[] message) {
        views.accept(message);
    }
}
