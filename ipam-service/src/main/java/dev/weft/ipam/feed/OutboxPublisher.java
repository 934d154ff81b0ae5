package dev.weft.ipam.feed;

import dev.weft.bus.Backoff;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.FeedPublisher;
import dev.weft.bus.Feeds;
import dev.weft.ipam.ledger.Batch;
import dev.weft.ipam.ledger.Outbox;
import dev.weft.ipam.ledger.OutboxMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the ledger's outbox has to the broker, in the order of the positions, and removes what
 * the broker has taken. It begins with what a former process left. Fresh messages come from memory;
 * when too many wait they are read from the outbox.
 *
 * <p>After the last message the position is told again after 1, 2, 4, 8, 16 and 30 seconds, so that
 * who lost that message finds out.
 */
public final class OutboxPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxPublisher.class);
    private static final int AT_ONCE = 500;
    private static final int REMEMBERED = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Duration> BEACONS =
            java.util.stream.LongStream.of(1, 2, 4, 8, 16, 30)
                    .mapToObj(Duration::ofSeconds)
                    .toList();

    private final Outbox outbox;
    private final FeedPublisher broker;
    private final UUID epoch;
    private final Backoff backoff = Backoff.between(Duration.ofMillis(50), Duration.ofSeconds(2));
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();

    /**
     * Messages written and not sent yet, without gaps; empty when they have to be read from the
     * outbox.
     */
    private final ArrayDeque<OutboxMessage> remembered = new ArrayDeque<>();

    private long written;
    private long sent;
    private boolean connected;
    private boolean closed;

    /**
     * @param position of the last message written so far; earlier ones may still be in the outbox
     */
    public OutboxPublisher(Outbox outbox, FeedPublisher broker, UUID epoch, long position) {
        this.outbox = outbox;
        this.broker = broker;
        this.epoch = epoch;
        this.written = position;
        this.thread = Thread.ofVirtual().name("weft-outbox").start(this::run);
    }

    /** The ledger has these messages. Never blocks. */
    public void written(Batch batch) {
        lock.lock();
        try {
            if (remembered.size() + batch.changes().size() > REMEMBERED) {
                remembered.clear();
            }
            batch.changes().forEach(entry -> remembered.add(entry.message()));
            written = batch.position();
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many messages the broker has not taken yet, left-overs of a former process not counted.
     */
    public long behind() {
        lock.lock();
        try {
            return written - sent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            leftOvers();
            int beacon = 0;
            while (!isClosed()) {
                if (awaitWork(BEACONS.get(Math.min(beacon, BEACONS.size() - 1)))) {
                    untilItWorks(this::sendNext);
                    beacon = 0;
                } else if (connectedAnew()) {
                    beacon = 0;
                } else if (!isClosed()) {
                    broker.publish(FeedMessage.beacon(Feeds.LEASE, epoch, sent));
                    beacon++;
                }
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    /** What a former process wrote and perhaps did not send. */
    private void leftOvers() throws InterruptedException {
        long upTo = written();
        var after = new long[1];
        while (after[0] < upTo) {
            untilItWorks(
                    () -> {
                        var rest =
                                outbox.outbox(after[0], AT_ONCE).stream()
                                        .filter(message -> message.position() <= upTo)
                                        .toList();
                        if (!rest.isEmpty()) {
                            send(rest);
                        }
                        after[0] = rest.isEmpty() ? upTo : rest.getLast().position();
                    });
        }
        lock.lock();
        try {
            sent = upTo;
        } finally {
            lock.unlock();
        }
    }

    private void sendNext() throws InterruptedException {
        var next = next();
        if (next.isEmpty()) {
            next = outbox.outbox(sent, AT_ONCE);
        }
        send(next);
        lock.lock();
        try {
            sent = next.getLast().position();
            while (!remembered.isEmpty() && remembered.peek().position() <= sent) {
                remembered.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next messages from memory, empty when memory does not have the very next one. */
    private List<OutboxMessage> next() {
        lock.lock();
        try {
            var first = remembered.peek();
            return first == null || first.position() != sent + 1
                    ? List.of()
                    : remembered.stream().limit(AT_ONCE).toList();
        } finally {
            lock.unlock();
        }
    }

    private void send(List<OutboxMessage> messages) throws InterruptedException {
        var taken = new ArrayList<java.util.concurrent.CompletableFuture<Void>>();
        for (var message : messages) {
            taken.add(broker.publish(LeaseMessages.message(epoch, message)).toCompletableFuture());
        }
        try {
            for (var one : taken) {
                one.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker did not take them: " + e, e);
        }
        outbox.trimOutbox(messages.getLast().position());
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void untilItWorks(Work work) throws InterruptedException {
        for (int failures = 1; !isClosed(); failures++) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                if (failures == 1 || failures % 20 == 0) {
                    LOG.warn(
                            "{} messages wait ({} attempts): {}", behind(), failures, e.toString());
                }
                pause(backoff.delay(failures, RandomGenerator.getDefault()));
            }
        }
    }

    private void pause(Duration delay) throws InterruptedException {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (!closed && left > 0) {
                left = woken.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for something to send; false when there was nothing in that time, or when closed or
     * connected anew.
     */
    private boolean awaitWork(Duration within) throws InterruptedException {
        lock.lock();
        try {
            long left = within.toNanos();
            while (!closed && !connected && written == sent && left > 0) {
                left = woken.awaitNanos(left);
            }
            return !closed && written > sent;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The broker is there (again): where the feed stands is told soon, since messages may be lost
     * with a broker.
     */
    public void connected() {
        lock.lock();
        try {
            connected = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean connectedAnew() {
        lock.lock();
        try {
            boolean anew = connected;
            connected = false;
            return anew;
        } finally {
            lock.unlock();
        }
    }

    private long written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
