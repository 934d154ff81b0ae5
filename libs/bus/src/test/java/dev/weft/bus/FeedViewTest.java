package dev.weft.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class FeedViewTest {
    private static final UUID EPOCH = new UUID(0, 1);

    private final ManualTimers timers = new ManualTimers();
    private final FakeSource source = new FakeSource();
    private final List<FeedView.Change<Integer>> changes = new ArrayList<>();
    private final FeedView<Integer> view = view(100);

    @Test
    void tellsOnlyWhatASnapshotChanges() {
        source.contents.putAll(
                Map.of(
                        "stays",
                        IntNode.valueOf(1),
                        "goes",
                        IntNode.valueOf(2),
                        "changes",
                        IntNode.valueOf(3)));
        view.start();
        timers.advance(Duration.ZERO);
        changes.clear();

        source.contents.remove("goes");
        source.contents.put("changes", IntNode.valueOf(4));
        source.position = 5;
        view.accept(FeedMessage.beacon(Feeds.POD, EPOCH, 5));
        timers.advance(Duration.ofMillis(300));

        assertThat(changes)
                .containsExactlyInAnyOrder(
                        new FeedView.Change<>("goes", 2, null),
                        new FeedView.Change<>("changes", 3, 4));
    }

    @Test
    void waitsForAReorderedMessageInsteadOfLoadingASnapshot() {
        view.start();
        timers.advance(Duration.ZERO);

        view.accept(upsert(2, "b", 2));
        assertThat(view.get("b")).isEmpty();
        timers.advance(Duration.ofMillis(200));
        view.accept(upsert(1, "a", 1));
        timers.advance(Duration.ofSeconds(5));

        assertThat(view.asMap()).isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(source.reads).isEqualTo(1);
    }

    @Test
    void triesAgainWithBackOffUntilThereIsASnapshot() {
        source.failures = 3;
        view.start();
        timers.advance(Duration.ofMillis(40));
        assertThat(view.ready()).isNotDone();
        timers.advance(Duration.ofSeconds(10));
        assertThat(view.ready()).isCompleted();
        assertThat(source.reads).isEqualTo(4);
    }

    @Test
    void doesNotSitOutTheBackOffWhenTheProducerGivesASign() {
        source.failures = 1;
        view.start();
        timers.advance(Duration.ZERO);
        view.accept(FeedMessage.beacon(Feeds.POD, EPOCH, 0));
        timers.advance(Duration.ZERO);
        assertThat(view.ready()).isCompleted();
        assertThat(timers.alarms()).isZero();
    }

    @Test
    void refusesASnapshotThatIsOlderThanItsContents() {
        view.start();
        timers.advance(Duration.ZERO);
        view.accept(upsert(1, "a", 1));
        view.accept(FeedMessage.beacon(Feeds.POD, EPOCH, 3));
        source.position = 0;
        timers.advance(Duration.ofMillis(300));
        assertThat(view.get("a")).contains(1);

        source.position = 3;
        source.contents.put("a", IntNode.valueOf(9));
        timers.advance(Duration.ofSeconds(5));
        assertThat(view.get("a")).contains(9);
    }

    @Test
    void keepsTheFormerValueOfAnObjectThatItCannotRead() {
        source.contents.put("a", IntNode.valueOf(1));
        view.start();
        timers.advance(Duration.ZERO);

        view.accept(FeedMessage.upsert(Feeds.POD, EPOCH, 1, "a", TextNode.valueOf("no number")));
        assertThat(view.get("a")).contains(1);

        source.contents.put("a", TextNode.valueOf("no number"));
        source.position = 7;
        view.accept(FeedMessage.beacon(Feeds.POD, EPOCH, 7));
        timers.advance(Duration.ofSeconds(1));
        assertThat(view.get("a")).contains(1);
        assertThat(view.status().undecodable()).isEqualTo(2);
        assertThat(view.status().position()).isEqualTo(7);
    }

    @Test
    void findsWhatDidNotFitIntoItsBuffer() {
        var small = view(2);
        small.start();
        for (int p = 1; p <= 6; p++) {
            source.contents.put("k" + p, IntNode.valueOf(p));
            small.accept(upsert(p, "k" + p, p));
        }
        source.position = 0;
        source.hidden = true;
        timers.advance(Duration.ZERO);
        source.hidden = false;
        source.position = 6;
        timers.advance(Duration.ofSeconds(1));
        assertThat(small.asMap()).hasSize(6);
        assertThat(small.status().snapshots()).isEqualTo(2);
    }

    @Test
    void tellsALateListenerWhatIsThere() {
        source.contents.put("a", IntNode.valueOf(1));
        view.start();
        timers.advance(Duration.ZERO);
        var heard = new ArrayList<FeedView.Change<Integer>>();
        view.onChange(heard::add);
        assertThat(heard).containsExactly(new FeedView.Change<>("a", null, 1));
    }

    @Test
    void goesOnWhenAListenerFails() {
        view.onChange(
                _ -> {
                    throw new IllegalStateException("on purpose");
                });
        view.start();
        timers.advance(Duration.ZERO);
        view.accept(upsert(1, "a", 1));
        view.accept(upsert(2, "b", 2));
        assertThat(view.asMap()).hasSize(2);
    }

    @Test
    void hearsNothingAfterItWasClosed() {
        view.start();
        timers.advance(Duration.ZERO);
        view.close();
        view.accept(upsert(1, "a", 1));
        assertThat(view.asMap()).isEmpty();
        assertThat(timers.alarms()).isZero();
    }

    @Test
    void theConsumerDropsWhatIsNoMessageAndGoesOn() {
        var consumer = new FeedConsumer();
        consumer.register(view);
        consumer.start();
        timers.advance(Duration.ZERO);
        consumer.accept(new byte[] {1, 2, 3});
        consumer.accept(FeedMessage.beacon(Feeds.VPC, EPOCH, 1).toBytes());
        consumer.accept(upsert(1, "a", 1).toBytes());
        assertThat(consumer.refused()).isEqualTo(2);
        assertThat(view.get("a")).contains(1);
    }

    private static FeedMessage upsert(long position, String key, int value) {
        return FeedMessage.upsert(Feeds.POD, EPOCH, position, key, IntNode.valueOf(value));
    }

    private FeedView<Integer> view(int bufferSize) {
        var options =
                new FeedOptions(
                        Duration.ofMillis(300),
                        16,
                        bufferSize,
                        Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(1)),
                        timers,
                        task -> timers.after(Duration.ZERO, task),
                        new Random(1));
        var made = new FeedView<>(Feeds.POD, FeedViewTest::number, source, options);
        made.onChange(changes::add);
        return made;
    }

    private static int number(JsonNode json) {
        if (!json.isInt()) throw new IllegalArgumentException("not a number: " + json);
        return json.intValue();
    }

    private static final class FakeSource implements SnapshotSource {
        final Map<String, JsonNode> contents = new HashMap<>();
        long position;
        int failures;
        int reads;
        boolean hidden;

        @Override
        public SnapshotHeader read(String feed, BiConsumer<String, JsonNode> entries)
                throws IOException {
            reads++;
            if (failures-- > 0) throw new IOException("no answer");
            if (!hidden) contents.forEach(entries);
            return new SnapshotHeader(feed, EPOCH, position);
        }
    }
}
