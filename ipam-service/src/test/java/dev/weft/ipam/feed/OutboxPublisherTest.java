package dev.weft.ipam.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.bus.FeedMessage;
import dev.weft.ipam.ledger.Batch;
import dev.weft.ipam.ledger.LedgerChange;
import dev.weft.ipam.ledger.Outbox;
import dev.weft.ipam.ledger.OutboxMessage;
import dev.weft.ipam.testing.TestBroker;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutboxPublisherTest {

    private static final UUID EPOCH = new UUID(0, 1);

    private final TestBroker broker = new TestBroker();
    private final Table table = new Table();

    @Test
    void sendsWhatAFormerProcessLeftAndThenWhatIsNew() {
        write(1, 3);
        try (var publisher = new OutboxPublisher(table, broker, EPOCH, 3)) {
            publisher.written(write(4, 5));
            await().until(() -> broker.taken().size() == 5);
            await().until(table::isEmpty);
            assertThat(publisher.behind()).isZero();
        }
        assertThat(broker.taken())
                .extracting(FeedMessage::position)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void losesNothingWhileTheBrokerIsAway() {
        broker.away(true);
        try (var publisher = new OutboxPublisher(table, broker, EPOCH, 0)) {
            publisher.written(write(1, 50));
            publisher.written(write(51, 60));
            assertThat(table.isEmpty()).isFalse();
            broker.away(false);
            await().until(table::isEmpty);
        }
        assertThat(broker.taken())
                .extracting(FeedMessage::position)
                .hasSameElementsAs(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void readsFromTheOutboxWhatDoesNotFitInMemory() {
        broker.away(true);
        try (var publisher = new OutboxPublisher(table, broker, EPOCH, 0)) {
            for (int i = 0; i < 12; i++) {
                publisher.written(write(i * 1000L + 1, (i + 1) * 1000L));
            }
            broker.away(false);
            await().until(table::isEmpty);
        }
        assertThat(broker.taken())
                .extracting(FeedMessage::position)
                .hasSameElementsAs(LongStream.rangeClosed(1, 12_000).boxed().toList());
    }

    @Test
    void tellsOfAnEndedLeaseByADeletion() {
        table.add(new OutboxMessage(1, "web-0.shop", null));
        try (var _ = new OutboxPublisher(table, broker, EPOCH, 1)) {
            await().until(() -> broker.taken().size() == 1);
        }
        assertThat(broker.taken().getFirst().type()).isEqualTo(FeedMessage.Type.DELETE);
    }

    private Batch write(long from, long to) {
        var entries =
                LongStream.rangeClosed(from, to)
                        .mapToObj(
                                position ->
                                        new OutboxMessage(position, "p" + position, "{\"a\":1}"))
                        .peek(table::add)
                        .map(message -> new Batch.Entry(NO_CHANGE, message))
                        .toList();
        return new Batch(1, 1, entries);
    }

    @SuppressWarnings("NullAway")
    private static final LedgerChange NO_CHANGE = new LedgerChange.Amend(null);

    private static final class Table implements Outbox {
        private final TreeMap<Long, OutboxMessage> rows = new TreeMap<>();

        synchronized void add(OutboxMessage message) {
            rows.put(message.position(), message);
        }

        synchronized boolean isEmpty() {
            return rows.isEmpty();
        }

        @Override
        public synchronized List<OutboxMessage> outbox(long after, int most) {
            return rows.tailMap(after, false).values().stream().limit(most).toList();
        }

        @Override
        public synchronized void trimOutbox(long upTo) {
            rows.headMap(upTo, true).clear();
        }
    }
}
