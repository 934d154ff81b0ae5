package dev.weft.vpc.records;

import dev.weft.bus.FeedConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The messages of the feeds; each is acknowledged when the view has taken it. */
@ApplicationScoped
class FeedIntake {

    private final FeedConsumer consumer;

    FeedIntake(Records records) {
        consumer = records.consumer();
    }

    @Incoming("kube-vpc")
    void vpc(byte[] body) {
        consumer.accept(body);
    }

    @Incoming("kube-subnet")
    void subnet(byte[] body) {
        consumer.accept(body);
    }

    @Incoming("kube-node")
    void node(byte[] body) {
        consumer.accept(body);
    }

    @Incoming("ipam-lease")
    void lease(byte[] body) {
        consumer.accept(body);
    }
}
