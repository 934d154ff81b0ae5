package dev.weft.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bus.PositionTracker.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionTrackerTest {
    private static final UUID OLD = new UUID(0, 1);
    private static final UUID NOW = new UUID(0, 2);
    private static final UUID NEXT = new UUID(0, 3);
    private static final Instant T0 = Instant.EPOCH;

    private final PositionTracker tracker = new PositionTracker(3);

    @BeforeEach
    void aSnapshotOfPositionTen() {
        tracker.restart(NOW, 10, T0);
    }

    @Test
    void takesTheNextMessage() {
        assertThat(offer(11)).isEqualTo(new Verdict.Fresh(List.of(message(NOW, 11))));
        assertThat(tracker.position()).isEqualTo(11);
    }

    @Test
    void ignoresWhatTheSnapshotContains() {
        assertThat(offer(10)).isEqualTo(new Verdict.Old());
        assertThat(offer(3)).isEqualTo(new Verdict.Old());
    }

    @Test
    void putsMessagesInOrder() {
        assertThat(offer(13)).isEqualTo(new Verdict.Gap(11, 13));
        assertThat(offer(12)).isEqualTo(new Verdict.Gap(11, 13));
        assertThat(offer(11))
                .isEqualTo(
                        new Verdict.Fresh(
                                List.of(message(NOW, 11), message(NOW, 12), message(NOW, 13))));
        assertThat(tracker.hasGap()).isFalse();
    }

    @Test
    void learnsFromABeaconThatTheLastMessageWasLost() {
        assertThat(tracker.offer(FeedMessage.beacon(Feeds.POD, NOW, 10), T0))
                .isEqualTo(new Verdict.Old());
        assertThat(tracker.offer(FeedMessage.beacon(Feeds.POD, NOW, 12), T0))
                .isEqualTo(new Verdict.Gap(11, 12));
        assertThat(tracker.hasGap()).isTrue();
    }

    @Test
    void knowsOfAGapAlsoWhenItsMessagesWereTooManyToKeep() {
        for (long p = 12; p < 20; p++) offer(p);
        assertThat(offer(11))
                .isInstanceOfSatisfying(
                        Verdict.Fresh.class, fresh -> assertThat(fresh.inOrder()).hasSize(4));
        assertThat(tracker.hasGap()).isTrue();
    }

    @Test
    void asksForASnapshotInANewEpochAndGoesOnFromIt() {
        assertThat(tracker.offer(message(NEXT, 1), T0)).isEqualTo(new Verdict.NewEpoch(NEXT));

        assertThat(tracker.restart(NEXT, 1, T0)).isEmpty();

        assertThat(tracker.offer(message(NEXT, 2), T0)).isInstanceOf(Verdict.Fresh.class);
        assertThat(tracker.offer(message(NOW, 11), T0)).isEqualTo(new Verdict.Old());
    }

    @Test
    void ignoresAnEpochForAWhileThatTheSnapshotDidNotConfirm() {
        assertThat(tracker.offer(message(OLD, 5), T0)).isEqualTo(new Verdict.NewEpoch(OLD));
        tracker.restart(NOW, 10, T0);

        assertThat(tracker.offer(message(OLD, 6), T0)).isEqualTo(new Verdict.Old());
        assertThat(tracker.offer(message(OLD, 7), T0.plus(PositionTracker.REFUTED_FOR)))
                .isEqualTo(new Verdict.NewEpoch(OLD));
    }

    @Test
    void givesOutWhatWaitedBeyondTheSnapshot() {
        offer(12);
        offer(14);

        assertThat(tracker.restart(NOW, 13, T0)).containsExactly(message(NOW, 14));
        assertThat(tracker.position()).isEqualTo(14);
    }

    @Test
    void tellsASnapshotThatIsOlderThanWhatItHas() {
        assertThat(tracker.isAhead(NOW, 9)).isTrue();
        assertThat(tracker.isAhead(NOW, 10)).isFalse();
        assertThat(tracker.isAhead(NEXT, 1)).isFalse();
    }

    private Verdict offer(long position) {
        return tracker.offer(message(NOW, position), T0);
    }

    private static FeedMessage message(UUID epoch, long position) {
        return FeedMessage.delete(Feeds.POD, epoch, position, "k");
    }
}
