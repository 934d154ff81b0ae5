package dev.weft.relay.feed;

import dev.weft.bus.FeedMessage;
import dev.weft.bus.FeedPublisher;
import dev.weft.bus.Timers;
import java.util.UUID;

/**
 * A feed on its way to the broker: every change of the store is published, and beacons when it is
 * quiet.
 */
public final class Feed {
    private final FeedPublisher publisher;
    private final FeedStore store;
    private final Beacon beacon;

    /** An empty feed. */
    public Feed(String name, UUID epoch, FeedPublisher publisher) {
        this.publisher = publisher;
        this.store = new FeedStore(name, epoch, this::send);
        this.beacon = new Beacon(Timers.system(), () -> publisher.publish(store.beacon()));
    }

    /** The contents. */
    public FeedStore store() {
        return store;
    }

    /** Its beacon, not started yet. */
    public Beacon beacon() {
        return beacon;
    }

    /** What the broker does not take is dropped: the position tells the receivers. */
    private void send(FeedMessage message) {
        publisher.publish(message);
        beacon.messageSent();
    }
}
