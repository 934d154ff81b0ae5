package dev.weft.bus.amqp;

import dev.weft.bus.FeedMessage;
import dev.weft.bus.FeedPublisher;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpSender;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends feed messages over one connection and one anonymous link, in order. While the broker is
 * away a bounded number of messages waits; what was sent and not acknowledged when the connection
 * broke is sent again first (receivers ignore duplicates by position).
 *
 * <p>Why not an outgoing SmallRye channel: on a broken connection each unacknowledged message
 * retries, and connects, by itself, and an exhausted retry ends the channel for good; see the
 * README.
 */
public final class AmqpFeedPublisher implements FeedPublisher, AutoCloseable {
    /** Not {@code application/json}, which SmallRye would parse before the consumer sees it. */
    public static final String CONTENT_TYPE = "application/vnd.weft.feed+json";

    private static final Logger LOG = LoggerFactory.getLogger(AmqpFeedPublisher.class);

    private final AmqpClient client;
    private final PublisherOptions options;
    private final Vertx vertx;
    private final Context context;

    private final AtomicInteger held = new AtomicInteger();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean connected;
    private volatile boolean closed;
    private final List<Runnable> connectListeners = new CopyOnWriteArrayList<>();

    // on the context only
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private final LinkedHashSet<Entry> unacked = new LinkedHashSet<>();
    private @Nullable AmqpConnection connection;
    private @Nullable AmqpSender sender;
    private int failures;

    private record Entry(AmqpMessage message, CompletableFuture<Void> sent) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * How the publisher stands.
     *
     * @param held messages not acknowledged yet
     * @param acknowledged messages that the broker has taken
     * @param dropped messages that were dropped, since too many were held
     */
    public record Status(boolean connected, int held, long acknowledged, long dropped) {}

    private AmqpFeedPublisher(Vertx vertx, AmqpClientOptions broker, PublisherOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.context = vertx.getOrCreateContext();
        this.client = AmqpClient.create(vertx, broker);
    }

    /** Connects now, and again for ever until closed. */
    public static AmqpFeedPublisher open(
            Vertx vertx, AmqpClientOptions broker, PublisherOptions options) {
        var publisher = new AmqpFeedPublisher(vertx, broker, options);
        publisher.context.runOnContext(_ -> publisher.connect());
        return publisher;
    }

    @Override
    public CompletionStage<Void> publish(FeedMessage message) {
        if (held.incrementAndGet() > options.waitingMost() || closed) {
            held.decrementAndGet();
            dropped.increment();
            return CompletableFuture.failedFuture(
                    new IllegalStateException(
                            closed
                                    ? "publisher is closed"
                                    : "%d messages wait for the broker already"
                                            .formatted(options.waitingMost())));
        }
        var entry = new Entry(encode(message), new CompletableFuture<>());
        context.runOnContext(
                _ -> {
                    waiting.add(entry);
                    pump();
                });
        return entry.sent().minimalCompletionStage();
    }

    /** How the publisher stands. */
    public Status status() {
        return new Status(connected, held.get(), acknowledged.sum(), dropped.sum());
    }

    /**
     * Runs after every connect, the first included, when what waited is on its way; at once when
     * connected already. Must not block.
     */
    public void onConnect(Runnable listener) {
        context.runOnContext(
                _ -> {
                    connectListeners.add(listener);
                    if (connected) listener.run();
                });
    }

    /** Ends the connection; messages that still wait are dropped. */
    @Override
    public void close() {
        closed = true;
        context.runOnContext(
                _ -> {
                    lose("closed", null);
                    client.close();
                    waiting.forEach(
                            entry ->
                                    entry.sent()
                                            .completeExceptionally(
                                                    new IllegalStateException(
                                                            "publisher is closed")));
                    waiting.clear();
                });
    }

    private AmqpMessage encode(FeedMessage message) {
        var beacon = message.type() == FeedMessage.Type.BEACON;
        var amqp =
                AmqpMessage.create()
                        .address(options.address().formatted(message.feed()))
                        .contentType(CONTENT_TYPE)
                        .durable(!beacon)
                        .withBufferAsBody(Buffer.buffer(message.toBytes()));
        amqp.ttl((beacon ? BEACON_SECONDS : CHANGE_SECONDS) * 1000L);
        if (!beacon) amqp.groupId(message.key());
        return amqp.build();
    }

    private void connect() {
        if (closed) return;
        client.connect()
                .compose(
                        made -> {
                            connection = made;
                            made.exceptionHandler(
                                    e -> context.runOnContext(_ -> lostConnection(made, e)));
                            return made.createAnonymousSender();
                        })
                .onComplete(
                        made -> context.runOnContext(_ -> begin(made)),
                        e -> context.runOnContext(_ -> lose("cannot connect", e)));
    }

    private void begin(AmqpSender made) {
        if (closed) return;
        LOG.info("connected to the broker, {} messages wait", waiting.size());
        failures = 0;
        sender = made;
        connected = true;
        made.exceptionHandler(
                e ->
                        context.runOnContext(
                                _ -> {
                                    if (sender == made) lose("link broken", e);
                                }));
        made.drainHandler(_ -> context.runOnContext(_ -> pump()));
        pump();
        connectListeners.forEach(Runnable::run);
    }

    private void lostConnection(AmqpConnection of, @Nullable Throwable e) {
        if (connection == of) lose("connection broken", e);
    }

    /** Takes back what is not acknowledged, in its order, and connects anew later. */
    private void lose(String how, @Nullable Throwable e) {
        sender = null;
        connected = false;
        if (connection != null) connection.close();
        connection = null;
        var again = new ArrayList<>(unacked);
        unacked.clear();
        again.reversed().forEach(waiting::addFirst);
        if (closed) return;
        failures++;
        var delay = options.backoff().delay(failures, options.random());
        if (failures == 1 || failures % 20 == 0) {
            LOG.warn(
                    "broker: {} ({}), trying again in {} ms",
                    how,
                    e == null ? "" : e.getMessage(),
                    delay.toMillis());
        }
        vertx.setTimer(Math.max(1, delay.toMillis()), _ -> context.runOnContext(_ -> connect()));
    }

    private void pump() {
        var to = sender;
        while (to != null
                && to == sender
                && !waiting.isEmpty()
                && unacked.size() < options.unackedMost()
                && !to.writeQueueFull()) {
            var entry = waiting.remove();
            unacked.add(entry);
            to.sendWithAck(entry.message())
                    .onComplete(done -> context.runOnContext(_ -> settle(entry, done.cause())));
        }
    }

    /** An answer for a message that was taken back meanwhile is ignored: it is sent again. */
    private void settle(Entry entry, @Nullable Throwable refusal) {
        if (!unacked.remove(entry)) return;
        held.decrementAndGet();
        if (refusal == null) {
            acknowledged.increment();
            entry.sent().complete(null);
        } else {
            dropped.increment();
            entry.sent().completeExceptionally(refusal);
        }
        pump();
    }
}
