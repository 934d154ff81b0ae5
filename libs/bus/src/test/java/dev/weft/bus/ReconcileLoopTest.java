package dev.weft.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconcileLoopTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ManualTimers timers = new ManualTimers();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final LoopOptions options =
            LoopOptions.named("test")
                    .withParallelism(4)
                    .withBackoff(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 0))
                    .withTimers(timers)
                    .withRandom(new Random(1))
                    .withMetrics(metrics);

    @Test
    void runsWhatWasSubmittedWhileItWaitedOnce() throws Exception {
        var gate = new Semaphore(0);
        var runs = Collections.synchronizedList(new ArrayList<String>());
        try (var loop =
                new ReconcileLoop<String>(
                        options.withParallelism(1),
                        key -> {
                            gate.acquire();
                            runs.add(key);
                            return Outcome.done();
                        })) {
            loop.submit("first");
            for (int i = 0; i < 100; i++) loop.submit("second");
            gate.release(100);
            assertThat(loop.awaitIdle(SOON)).isTrue();
            assertThat(runs).containsExactly("first", "second");
        }
    }

    @Test
    void runsAKeyOnceMoreThatWasSubmittedWhileItRan() throws Exception {
        var began = new CountDownLatch(1);
        var gate = new Semaphore(0);
        var runs = new AtomicInteger();
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        _ -> {
                            runs.incrementAndGet();
                            began.countDown();
                            gate.acquire();
                            return Outcome.done();
                        })) {
            loop.submit("a");
            began.await();
            loop.submit("a");
            loop.submit("a");
            gate.release(10);
            assertThat(loop.awaitIdle(SOON)).isTrue();
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void neverRunsAKeyTwiceAtOnceNorMoreKeysThanAllowed() throws Exception {
        var now = ConcurrentHashMap.<Integer>newKeySet();
        var most = new AtomicInteger();
        var wrong = new AtomicInteger();
        Map<Integer, Integer> wanted = new ConcurrentHashMap<>();
        Map<Integer, Integer> done = new ConcurrentHashMap<>();
        try (var loop =
                new ReconcileLoop<Integer>(
                        options,
                        key -> {
                            if (!now.add(key)) wrong.incrementAndGet();
                            most.accumulateAndGet(now.size(), Math::max);
                            done.put(key, wanted.get(key));
                            Thread.yield();
                            now.remove(key);
                            return Outcome.done();
                        })) {
            var random = new Random(3);
            for (int i = 0; i < 20_000; i++) {
                var key = random.nextInt(50);
                wanted.put(key, i);
                loop.submit(key);
            }
            assertThat(loop.awaitIdle(SOON)).isTrue();
        }
        assertThat(wrong).hasValue(0);
        assertThat(most.get()).isLessThanOrEqualTo(4);
        assertThat(done).isEqualTo(wanted);
    }

    @Test
    void triesAFailedKeyAgainWithGrowingDelays() throws Exception {
        var runs = new AtomicInteger();
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        _ -> {
                            if (runs.incrementAndGet() < 3)
                                throw new IllegalStateException("no such subnet");
                            return Outcome.done();
                        })) {
            loop.submit("a");
            loop.awaitIdle(SOON);
            assertThat(loop.status().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo("no such subnet"));

            advance(loop, 99);
            assertThat(runs).hasValue(1);
            advance(loop, 1);
            assertThat(runs).hasValue(2);
            advance(loop, 199);
            assertThat(runs).hasValue(2);
            advance(loop, 1);
            assertThat(runs).hasValue(3);
            assertThat(loop.status().failures()).isEmpty();
            assertThat(timers.alarms()).isZero();
        }
    }

    @Test
    void doesNotMakeNewsWaitForTheBackOff() throws Exception {
        var runs = new AtomicInteger();
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        _ ->
                                runs.incrementAndGet() == 1
                                        ? Outcome.failed("not yet")
                                        : Outcome.done())) {
            loop.submit("a");
            loop.awaitIdle(SOON);
            loop.submit("a");
            loop.awaitIdle(SOON);
            assertThat(runs).hasValue(2);
            assertThat(timers.alarms()).isZero();
        }
    }

    @Test
    void wakesWhatFailedWhenOneKeyGetsThrough() throws Exception {
        var away = new AtomicBoolean(true);
        var runs = new ConcurrentLinkedQueue<String>();
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        key -> {
                            runs.add(key);
                            return away.get() || key.equals("hopeless")
                                    ? Outcome.failed("the API server is away")
                                    : Outcome.done();
                        })) {
            loop.submit("a");
            loop.submit("b");
            loop.submit("hopeless");
            loop.awaitIdle(SOON);
            away.set(false);
            runs.clear();

            loop.submit("a");
            loop.awaitIdle(SOON);

            assertThat(runs).startsWith("a").contains("b", "hopeless");
            assertThat(loop.status().failures())
                    .extracting(ReconcileLoop.Failure::key)
                    .containsExactly("hopeless");
            // a success that follows no failure says nothing about those that fail
            runs.clear();
            loop.submit("a");
            loop.awaitIdle(SOON);
            assertThat(runs).containsExactly("a");
            assertThat(timers.alarms()).isEqualTo(1);
        }
    }

    @Test
    void wakesAllOfAThousandWhenAllCanGetThroughAndFewWhenTheyCannot() throws Exception {
        var away = new AtomicBoolean(true);
        var onlyOne = new AtomicBoolean();
        var runs = new ConcurrentLinkedQueue<Integer>();
        try (var loop =
                new ReconcileLoop<Integer>(
                        options,
                        key -> {
                            runs.add(key);
                            return away.get() || onlyOne.get() && key != 0
                                    ? Outcome.failed("the subnet is full")
                                    : Outcome.done();
                        })) {
            for (int key = 0; key < 1000; key++) loop.submit(key);
            loop.awaitIdle(SOON);
            away.set(false);
            onlyOne.set(true);
            runs.clear();

            loop.submit(0);
            loop.awaitIdle(SOON);
            assertThat(runs).hasSizeBetween(2, 20);

            onlyOne.set(false);
            loop.submit(1);
            loop.awaitIdle(SOON);
            assertThat(loop.status().failures()).isEmpty();
        }
    }

    @Test
    void looksAgainAfterTheDelayThatTheReconcilerAskedFor() throws Exception {
        var runs = new AtomicInteger();
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        _ ->
                                runs.incrementAndGet() == 1
                                        ? Outcome.retryAfter(Duration.ofSeconds(7))
                                        : Outcome.done())) {
            loop.submit("a");
            loop.awaitIdle(SOON);
            advance(loop, 6_999);
            assertThat(runs).hasValue(1);
            advance(loop, 1);
            assertThat(runs).hasValue(2);
            assertThat(loop.status().failures()).isEmpty();
        }
    }

    @Test
    void keepsTheSoonerOfTwoTimes() throws Exception {
        var runs = new AtomicInteger();
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        _ -> {
                            runs.incrementAndGet();
                            return Outcome.done();
                        })) {
            loop.submitAfter("a", Duration.ofSeconds(9));
            loop.submitAfter("a", Duration.ofSeconds(2));
            loop.submitAfter("a", Duration.ofSeconds(5));
            advance(loop, 2_000);
            assertThat(runs).hasValue(1);
            advance(loop, 20_000);
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void survivesAnErrorOfTheReconciler() throws Exception {
        var runs = new AtomicInteger();
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        _ -> {
                            if (runs.incrementAndGet() == 1)
                                throw new StackOverflowError("on purpose");
                            return Outcome.done();
                        })) {
            loop.submit("a");
            loop.awaitIdle(SOON);
            advance(loop, 100);
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void stopsAfterTheRunningKeysAndTakesNoMore() throws Exception {
        var began = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var runs = Collections.synchronizedList(new ArrayList<String>());
        var loop =
                new ReconcileLoop<String>(
                        options.withParallelism(1),
                        key -> {
                            began.countDown();
                            gate.await();
                            runs.add(key);
                            return Outcome.failed("and would come again");
                        });
        loop.submit("a");
        loop.submit("b");
        began.await();
        Thread.ofPlatform()
                .start(
                        () -> {
                            // stop has begun when the waiting key is forgotten
                            while (loop.status().queued() > 0) Thread.onSpinWait();
                            gate.countDown();
                        });

        assertThat(loop.stop(SOON)).isTrue();
        loop.submit("c");

        assertThat(runs).isEqualTo(List.of("a"));
        assertThat(loop.status().idle()).isTrue();
        assertThat(timers.alarms()).isZero();
    }

    @Test
    void interruptsWhatDoesNotStop() throws Exception {
        var began = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var loop =
                new ReconcileLoop<String>(
                        options,
                        _ -> {
                            began.countDown();
                            try {
                                new Semaphore(0).acquire();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                                throw e;
                            }
                            return Outcome.done();
                        });
        loop.submit("a");
        began.await();
        assertThat(loop.stop(Duration.ofMillis(10))).isFalse();
        assertThat(interrupted.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void countsWhatItDoes() throws Exception {
        try (var loop =
                new ReconcileLoop<String>(
                        options,
                        key -> key.equals("bad") ? Outcome.failed("bad") : Outcome.done())) {
            Set.of("a", "b", "bad").forEach(loop::submit);
            loop.awaitIdle(SOON);
            assertThat(metrics.get("weft.reconcile.time").tag("outcome", "done").timer().count())
                    .isEqualTo(2);
            assertThat(metrics.get("weft.reconcile.time").tag("outcome", "failed").timer().count())
                    .isEqualTo(1);
            assertThat(metrics.get("weft.reconcile.wait").timer().count()).isEqualTo(3);
            assertThat(metrics.get("weft.reconcile.failing").gauge().value()).isEqualTo(1);
            assertThat(metrics.get("weft.reconcile.queue.depth").gauge().value()).isZero();
        }
    }

    @Test
    void spreadsDelaysBetweenHalfAndTheWhole() {
        var backoff = Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(10));
        var random = new Random(5);
        for (int failures = 1; failures < 100; failures++) {
            var whole = Math.min(10_000, 100 * Math.pow(2, failures - 1));
            assertThat(backoff.delay(failures, random).toMillis())
                    .isBetween((long) (whole / 2) - 1, (long) whole);
        }
    }

    private void advance(ReconcileLoop<String> loop, long millis) throws InterruptedException {
        timers.advance(Duration.ofMillis(millis));
        loop.awaitIdle(SOON);
    }
}
