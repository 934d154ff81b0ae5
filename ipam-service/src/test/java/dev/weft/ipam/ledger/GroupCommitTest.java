package dev.weft.ipam.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.lease.PortKey;
import dev.weft.ipam.ledger.Fixtures.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GroupCommitTest {

    private final Heard heard = new Heard();
    private final LeaseBook book =
            Fixtures.book(heard, Fixtures.subnet("ovn-default", "10.16.0.0/16"));
    private final List<Batch> written = new ArrayList<>();

    private GroupCommit commits(Consumer<Batch> ledger) {
        return new GroupCommit(ledger, new Term(7, new UUID(0, 1), 40), book, _ -> "{}");
    }

    @Test
    void putsEverythingThatGathersDuringACommitInTheNext() throws Exception {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var commits =
                commits(
                        batch -> {
                            written.add(batch);
                            started.countDown();
                            await(goOn);
                        })) {
            var first = settle(commits, "first");
            started.await();
            var rest = IntStream.range(0, 100).mapToObj(i -> settle(commits, "p" + i)).toList();
            goOn.countDown();
            first.get();
            for (var one : rest) {
                one.get();
            }
        }
        assertThat(written).hasSize(2);
        assertThat(written.get(1).changes()).hasSize(100);
        assertThat(written.getFirst().position()).isEqualTo(41);
        assertThat(written.get(1).position()).isEqualTo(141);
        assertThat(written).extracting(Batch::number).containsExactly(1L, 2L);
        assertThat(book.snapshot().position()).isEqualTo(141);
        assertThat(book.size()).isEqualTo(101);
    }

    @Test
    void keepsDecisionsOutOfTheBookUntilTheLedgerHasThem() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var commits = commits(_ -> await(goOn))) {
            var pending = settle(commits, "web-0");
            assertThat(book.lease("web-0.shop")).isEmpty();
            assertThat(book.snapshot().position()).isZero();
            goOn.countDown();
            pending.get();
            assertThat(book.lease("web-0.shop")).isPresent();
        }
    }

    @Test
    void triesTheSameBatchAgainWhenTheLedgerIsAway() throws Exception {
        try (var commits =
                commits(
                        batch -> {
                            written.add(batch);
                            if (written.size() < 4) {
                                throw new IllegalStateException("connection refused");
                            }
                        })) {
            settle(commits, "web-0").get();
        }
        assertThat(written).hasSize(4);
        assertThat(written).containsOnly(written.getFirst());
    }

    @Test
    void givesTheAddressBackWhenTheDatabaseRejectsIt() throws Exception {
        try (var commits =
                commits(
                        batch -> {
                            if (batch.changes().stream()
                                    .anyMatch(e -> e.change().port().equals("bad.shop"))) {
                                throw new LedgerException.Rejected("taken", new RuntimeException());
                            }
                            written.add(batch);
                        })) {
            var good = settle(commits, "good");
            good.get();
            var bad = settle(commits, "bad");
            assertThatThrownBy(bad::get).isInstanceOf(ExecutionException.class);
            settle(commits, "next").get();
        }
        assertThat(heard.diverged).hasSize(1);
        assertThat(book.lease("bad.shop")).isEmpty();
        // the address that was rejected for one is the next one's
        assertThat(book.lease("next.shop").orElseThrow().addresses()).hasToString("10.16.0.3");
        assertThat(book.snapshot().position()).isEqualTo(42);
    }

    @Test
    void stopsWhenItIsFenced() {
        var commits =
                commits(
                        _ -> {
                            throw new LedgerException.Fenced("another writes");
                        });
        var lost = settle(commits, "web-0");
        assertThatThrownBy(lost::get).isInstanceOf(ExecutionException.class);
        commits.close();
        assertThat(heard.fenced).isTrue();
        assertThat(settle(commits, "later")).isCancelled();
        assertThat(book.size()).isZero();
    }

    private CompletableFuture<Void> settle(GroupCommit commits, String pod) {
        var owner = Fixtures.pod(pod, "uid-" + pod);
        return book.settle(PortKey.primary(owner.key()), Fixtures.wants(owner), commits::submit)
                .written()
                .orTimeout(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
