package dev.weft.ipam.testing;

import dev.weft.bus.FeedMessage;
import dev.weft.bus.FeedPublisher;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A broker that remembers what it took, and that can refuse. */
@Alternative
@Priority(1)
@Singleton
public class TestBroker implements FeedPublisher {

    private final List<FeedMessage> taken = new ArrayList<>();
    private boolean away;

    @Override
    public synchronized CompletionStage<Void> publish(FeedMessage message) {
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        if (message.type() != FeedMessage.Type.BEACON) {
            taken.add(message);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** From now on it refuses, or takes again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** What it took, in the order of arrival. */
    public synchronized List<FeedMessage> taken() {
        return List.copyOf(taken);
    }

    /** Forgets what it took. */
    public synchronized void clear() {
        taken.clear();
    }
}
