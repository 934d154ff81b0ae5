package dev.weft.bus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes message bodies from the broker and gives them to the views of their feeds. It never throws:
 * a body that is no message of ours is logged, counted and dropped, so that it is acknowledged and
 * does not come again. A service's consumer is then no more than
 *
 * <pre>{@code
 * @ApplicationScoped
 * class FeedIntake {
 *   @Inject FeedConsumer consumer;
 *
 *   @Incoming("kube-pod")
 *   void pod(byte[] body) { consumer.accept(body); }   // acknowledged when the method returns
 * }
 * }</pre>
 */
public final class FeedConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(FeedConsumer.class);

    private final Map<String, FeedView<?>> views = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    /** Messages of the view's feed go to it from now on. */
    public <V> FeedView<V> register(FeedView<V> view) {
        if (views.putIfAbsent(view.feed(), view) != null) {
            throw new IllegalStateException("feed " + view.feed() + " has a view already");
        }
        return view;
    }

    /** Takes a message body (JSON of {@link FeedMessage}). */
    public void accept(byte[] body) {
        try {
            var message = FeedMessage.parse(body);
            var view = views.get(message.feed());
            if (view == null) refuse("no view of feed " + message.feed());
            else view.accept(message);
        } catch (RuntimeException e) {
            refuse(e.getMessage());
        }
    }

    /** Starts every registered view. */
    public void start() {
        views.values().forEach(FeedView::start);
    }

    /** The registered views. */
    public java.util.Collection<FeedView<?>> views() {
        return java.util.Collections.unmodifiableCollection(views.values());
    }

    /** How many bodies were dropped because they were not what they should be. */
    public long refused() {
        return refused.sum();
    }

    private void refuse(String why) {
        refused.increment();
        LOG.warn("message dropped: {}", why);
    }
}
