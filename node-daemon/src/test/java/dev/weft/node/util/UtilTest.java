package dev.weft.node.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class UtilTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final EventGate<String> gate = new EventGate<>();

    @Test
    void wakesWhoWaitsWhenTheStateIsThere() throws Exception {
        var state = new AtomicReference<>("");
        var looked = new CountDownLatch(1);
        var waiting =
                CompletableFuture.supplyAsync(
                        () ->
                                gate.await(
                                        "a",
                                        () -> {
                                            looked.countDown();
                                            return Optional.of(state.get())
                                                    .filter(text -> !text.isEmpty());
                                        },
                                        LONG,
                                        new Cancellation()));
        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
        gate.signal("b");
        state.set("there");
        gate.signal("a");

        assertThat(waiting.get(10, TimeUnit.SECONDS)).contains("there");
        assertThat(gate.size()).isZero();
    }

    @Test
    void doesNotWaitForWhatIsThere() {
        assertThat(gate.await("a", () -> Optional.of(1), Duration.ZERO, new Cancellation()))
                .contains(1);
    }

    @Test
    void givesUpAfterItsTime() {
        assertThat(gate.await("a", Optional::empty, Duration.ofMillis(20), new Cancellation()))
                .isEmpty();
        assertThat(gate.size()).isZero();
    }

    @Test
    void stopsWaitingWhenCancelled() throws Exception {
        var cancellation = new Cancellation();
        var looked = new CountDownLatch(1);
        var waiting =
                CompletableFuture.supplyAsync(
                        () ->
                                gate.await(
                                        "a",
                                        () -> {
                                            looked.countDown();
                                            return Optional.empty();
                                        },
                                        LONG,
                                        cancellation));
        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
        cancellation.cancel("DEL came");

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("DEL came");
    }

    @Test
    void letsOneHolderOfAKeyGoAtATime() throws Exception {
        var locks = new KeyedLocks<String>();
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    Thread.startVirtualThread(
                            () -> {
                                try (var _ = locks.lock("a")) {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    inside.decrementAndGet();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(1);
        assertThat(locks.size()).isZero();
    }

    @Test
    void mendsAgainAfterAFailureAndAfterATrigger() throws Exception {
        var rounds = new AtomicInteger();
        var third = new CountDownLatch(3);
        var mender =
                new Mender(
                        "test",
                        () -> {
                            third.countDown();
                            if (rounds.incrementAndGet() == 1) {
                                throw new IllegalStateException("first time");
                            }
                        });
        try (mender) {
            mender.start();
            while (rounds.get() < 2) {
                Thread.onSpinWait();
            }
            mender.trigger();
            assertThat(third.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
