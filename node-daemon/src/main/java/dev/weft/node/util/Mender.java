package dev.weft.node.util;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings something to what it should be, whenever told that it may have changed: triggers that come
 * while it works lead to one more round, and a round that fails is repeated with growing pauses.
 * The action looks at the whole state each time; it does not learn what changed.
 */
public final class Mender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mender.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** One round. */
    @FunctionalInterface
    public interface Round {
        void run() throws Exception;
    }

    private final String name;
    private final Round round;
    private final Semaphore triggers = new Semaphore(0);
    private final Thread thread;

    public Mender(String name, Round round) {
        this.name = name;
        this.round = round;
        this.thread = Thread.ofVirtual().name("mend-" + name).unstarted(this::work);
    }

    /** Begins; the first round is done at once. */
    public void start() {
        triggers.release();
        thread.start();
    }

    /** The state, or what it should be, may have changed. */
    public void trigger() {
        triggers.release();
    }

    private void work() {
        Duration pause = FIRST_PAUSE;
        try {
            triggers.acquire();
            while (true) {
                triggers.drainPermits();
                if (succeeds()) {
                    pause = FIRST_PAUSE;
                    triggers.acquire();
                } else {
                    long millis = pause.toMillis();
                    boolean _ =
                            triggers.tryAcquire(
                                    millis / 2 + ThreadLocalRandom.current().nextLong(millis),
                                    TimeUnit.MILLISECONDS);
                    pause =
                            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                                    ? pause.multipliedBy(2)
                                    : LONGEST_PAUSE;
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("{}: stopped", name);
        }
    }

    private boolean succeeds() throws InterruptedException {
        try {
            round.run();
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn("{} failed and will be tried again: {}", name, e.toString());
            LOG.debug("{} failed", name, e);
            return false;
        }
    }

    /** Stops after the round that runs now. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
