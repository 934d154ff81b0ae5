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

    @Incoming("kube-vpc")
    void vpc(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-ippool")
    void pool(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-vip")
    void vip(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-statefulset")
    void statefulSet(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-vm")
    void machine(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-vminstance")
    void machineInstance(byte[] message) {
        views.accept(message);
    }

    @Incoming("kube-attachment")
    void attachment(byte[] message) {
        views.accept(message);
    }
}
