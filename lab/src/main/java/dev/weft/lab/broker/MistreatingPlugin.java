package dev.weft.lab.broker;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.RoutingContext;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Loses, doubles and delays messages by chance, as {@link Mistreatment} says. The sender never
 * notices: a lost message was accepted and expires at once, a delayed one is scheduled, a doubled
 * one is sent a second time by the broker.
 */
final class MistreatingPlugin implements ActiveMQServerMessagePlugin {
    /** Marks the broker's own copies, which are left alone. */
    private static final SimpleString COPY = SimpleString.of("_WEFT_COPY");

    private final ActiveMQServer server;
    private final LongAdder seen = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder doubled = new LongAdder();
    private final LongAdder delayed = new LongAdder();
    private volatile Mistreatment mistreatment = Mistreatment.NONE;

    MistreatingPlugin(ActiveMQServer server) {
        this.server = server;
    }

    /** Holds from the next message on. */
    void set(Mistreatment wanted) {
        mistreatment = wanted;
    }

    /** What holds, and how many messages were met and treated how since the start. */
    Map<String, Object> report() {
        return Map.of(
                "mistreatment", mistreatment,
                "seen", seen.sum(),
                "dropped", dropped.sum(),
                "doubled", doubled.sum(),
                "delayed", delayed.sum());
    }

    @Override
    public void beforeSend(
            org.apache.activemq.artemis.core.server.ServerSession session,
            Transaction tx,
            Message message,
            boolean direct,
            boolean noAutoCreateQueue) {
        seen.increment();
        Mistreatment now = mistreatment;
        if (now.equals(Mistreatment.NONE)) {
            return;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextDouble() < now.duplicate()) {
            copy(message, random.nextLong(now.longestDelayMs() + 1));
        }
        if (random.nextDouble() < now.drop()) {
            dropped.increment();
            message.setExpiration(1);
            message.reencode();
        } else if (random.nextDouble() < now.delay()) {
            delayed.increment();
            schedule(message, random.nextLong(now.longestDelayMs() + 1));
        }
    }

    @Override
    public void beforeMessageRoute(
            Message message, RoutingContext context, boolean direct, boolean rejectDuplicates) {
        // nothing: the copies below come this way without a session
    }

    private void copy(Message message, long later) {
        Message copy = message.copy(server.getStorageManager().generateID(), true);
        copy.setBrokerProperty(COPY, Boolean.TRUE);
        schedule(copy, later);
        doubled.increment();
        server.getThreadPool()
                .execute(
                        () -> {
                            try {
                                server.getPostOffice().route(copy, false);
                            } catch (Exception e) {
                                System.err.println("broker: a copy was not sent: " + e);
                            }
                        });
    }

    private static void schedule(Message message, long later) {
        message.setScheduledDeliveryTime(System.currentTimeMillis() + later);
        message.reencode();
    }
}
