package dev.weft.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the network does to the messages, the view ends where the source is. */
class FeedViewProperties {
    private static final String FEED = Feeds.POD;

    @Property(tries = 400)
    void endsInTheStateOfTheSource(
            @ForAll long seed,
            @ForAll @IntRange(max = 60) int lossPercent,
            @ForAll @IntRange(max = 40) int doublePercent,
            @ForAll @IntRange(max = 500) int delayMillis,
            @ForAll @IntRange(min = 1, max = 50) int bufferSize) {
        var world =
                new World(
                        new Random(seed), lossPercent, doublePercent, delayMillis, bufferSize, 32);
        world.view.start();
        for (int step = 0; step < 200; step++) world.step();
        world.settle();
        assertThat(world.view.asMap()).isEqualTo(world.contents);
        assertThat(world.told).isEqualTo(world.contents);
        assertThat(world.view.status().live()).isTrue();
        assertThat(world.view.ready()).isCompleted();
        assertThat(world.timers.alarms()).isZero();
    }

    @Property(tries = 1000)
    void needsOneSnapshotWhenNothingIsLostAndTheWindowHoldsWhatIsOnItsWay(
            @ForAll long seed, @ForAll @IntRange(max = 100) int delayMillis) {
        var world = new World(new Random(seed), 0, 10, delayMillis, 1000, 1000);
        world.calm = true;
        world.view.start();
        for (int step = 0; step < 200; step++) world.step();
        world.settle();
        assertThat(world.view.asMap()).isEqualTo(world.contents);
        assertThat(world.view.status().snapshots()).isEqualTo(1);
    }

    /** A source, a bad network, and the view. */
    private static final class World implements SnapshotSource {
        final Random random;
        final int lossPercent;
        final int doublePercent;
        final int delayMillis;
        final ManualTimers timers = new ManualTimers();
        final Map<String, Integer> contents = new HashMap<>();
        final Map<String, Integer> told = new HashMap<>();
        final FeedView<Integer> view;

        /** No restarts of the source, no failed snapshots. */
        boolean calm;

        boolean healed;
        UUID epoch = new UUID(0, 1);
        long position;
        final List<FeedMessage> sent = new ArrayList<>();

        World(
                Random random,
                int lossPercent,
                int doublePercent,
                int delayMillis,
                int bufferSize,
                int reorderWindow) {
            this.random = random;
            this.lossPercent = lossPercent;
            this.doublePercent = doublePercent;
            this.delayMillis = delayMillis;
            var options =
                    new FeedOptions(
                            Duration.ofMillis(300),
                            reorderWindow,
                            bufferSize,
                            Backoff.between(Duration.ofMillis(50), Duration.ofSeconds(1)),
                            timers,
                            task -> timers.after(Duration.ofMillis(random.nextInt(100)), task),
                            random);
            view = new FeedView<>(FEED, JsonNode::intValue, this, options);
            view.onChange(
                    change -> {
                        assertThat(told.get(change.key())).isEqualTo(change.before());
                        if (change.after() == null) told.remove(change.key());
                        else told.put(change.key(), change.after());
                    });
        }

        void step() {
            var dice = random.nextInt(calm ? 90 : 100);
            if (dice == 99) restart();
            else if (dice >= 97) redeliverSomethingOld();
            else if (dice < 20) timers.advance(Duration.ofMillis(random.nextInt(200)));
            else change();
        }

        void change() {
            var key = "k" + random.nextInt(12);
            position++;
            if (random.nextInt(3) == 0) {
                contents.remove(key);
                transmit(FeedMessage.delete(FEED, epoch, position, key));
            } else {
                var value = random.nextInt(1000);
                contents.put(key, value);
                transmit(FeedMessage.upsert(FEED, epoch, position, key, IntNode.valueOf(value)));
            }
        }

        void restart() {
            epoch = new UUID(0, epoch.getLeastSignificantBits() + 1);
            position = random.nextInt(3);
            if (random.nextBoolean()) contents.remove("k" + random.nextInt(12));
        }

        void redeliverSomethingOld() {
            if (!sent.isEmpty()) view.accept(sent.get(random.nextInt(sent.size())));
        }

        void transmit(FeedMessage message) {
            sent.add(message);
            if (random.nextInt(100) >= lossPercent) deliverLater(message);
            if (random.nextInt(100) < doublePercent) deliverLater(message);
        }

        void deliverLater(FeedMessage message) {
            timers.after(
                    Duration.ofMillis(delayMillis == 0 ? 0 : random.nextInt(delayMillis)),
                    () -> view.accept(message));
        }

        void settle() {
            healed = true;
            timers.advance(Duration.ofSeconds(10));
            view.accept(FeedMessage.beacon(FEED, epoch, position));
            timers.advance(Duration.ofSeconds(10));
            view.accept(FeedMessage.beacon(FEED, epoch, position));
            timers.advance(Duration.ofSeconds(10));
        }

        @Override
        public SnapshotHeader read(String feed, BiConsumer<String, JsonNode> entries)
                throws IOException {
            var header = new SnapshotHeader(feed, epoch, position);
            var cut = !calm && !healed && random.nextInt(4) == 0;
            contents.forEach((key, value) -> entries.accept(key, IntNode.valueOf(value)));
            if (cut) throw new IOException("cut");
            // the source goes on while the snapshot is on its way
            for (int i = random.nextInt(4); i > 0 && !healed; i--) change();
            return header;
        }
    }
}
