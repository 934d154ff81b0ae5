package dev.weft.relay;

import dev.weft.bus.FeedConsumer;
import dev.weft.bus.FeedView;
import dev.weft.bus.Feeds;
import dev.weft.bus.SnapshotClient;
import dev.weft.kube.PodView;
import dev.weft.kube.v1.Subnet;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A service as the relay's tests need one: what the README tells services to write. */
@Singleton
class Receiver {
    private final FeedConsumer consumer = new FeedConsumer();
    final AtomicInteger load = new AtomicInteger();
    FeedView<PodView> pods;
    FeedView<Subnet> subnets;

    @Incoming("kube-pod")
    void pod(byte[] body) {
        consumer.accept(body);
    }

    @Incoming("kube-subnet")
    void subnet(byte[] body) {
        consumer.accept(body);
    }

    @Incoming("load")
    void load(byte[] body) {
        load.incrementAndGet();
    }

    void start(URI relay) {
        if (pods != null) return;
        var snapshots = new SnapshotClient(relay);
        pods = consumer.register(new FeedView<>(Feeds.POD, PodView.class, snapshots));
        subnets = consumer.register(new FeedView<>(Feeds.SUBNET, Subnet.class, snapshots));
        consumer.start();
    }
}
