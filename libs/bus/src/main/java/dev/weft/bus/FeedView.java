package dev.weft.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.bus.PositionTracker.Verdict;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's own copy of a feed, kept equal to the producer's by messages and snapshots.
 *
 * <p>Subscribe first, then {@link #start}: messages that come while a snapshot loads are buffered
 * (within bounds) and applied from the snapshot's position on. Duplicates are ignored, reordering
 * is undone, a message that does not come within {@link FeedOptions#gapWindow} (twice that where
 * others came late before it) or a new epoch leads to a new snapshot. A snapshot is compared with
 * the contents, so listeners hear exactly what changed, deletions included.
 *
 * <p>Thread-safe. {@link #accept} does not block on I/O; reads never wait. An object that cannot be
 * decoded leaves the former value in place.
 *
 * @param <V> the decoded, immutable object with a meaningful {@code equals}
 */
public final class FeedView<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedView.class);

    private final String feed;
    private final SnapshotSource source;
    private final FeedOptions options;
    private final PositionTracker tracker;

    private final ReentrantLock lock = new ReentrantLock();
    private final FeedContents<V> contents;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final ArrayDeque<FeedMessage> buffer = new ArrayDeque<>();
    private @Nullable FeedMessage lastOverflowed;
    private Timers.@Nullable Alarm gapAlarm;

    /** The position that the alarm was set at. */
    private long gapAfter;

    private Timers.@Nullable Alarm retryAlarm;
    private Phase phase = Phase.NEW;
    private int failedLoads;
    private long snapshots;
    private long gaps;
    private long ignored;

    private enum Phase {
        NEW,
        LOADING,
        LIVE,
        CLOSED
    }

    /**
     * One object's change.
     *
     * @param before the former value, null when it was not there
     * @param after the value now, null when it is gone
     */
    public record Change<V>(String key, @Nullable V before, @Nullable V after) {}

    /**
     * How the view stands.
     *
     * @param live false while a snapshot loads
     * @param snapshots loaded so far
     * @param gaps messages that did not come and cost a snapshot
     * @param ignored duplicates and left-overs
     * @param undecodable objects that could not be decoded
     */
    public record Status(
            String feed,
            boolean live,
            @Nullable UUID epoch,
            long position,
            int objects,
            long snapshots,
            long gaps,
            long ignored,
            long undecodable) {}

    /** A view of objects of a class that Jackson can read. */
    public FeedView(String feed, Class<V> type, SnapshotSource source) {
        this(feed, json -> treeToValue(json, type), source, FeedOptions.defaults());
    }

    /**
     * @param decode from an object's JSON form; throws when it cannot
     * @param source of snapshots, called on the options' executor
     */
    public FeedView(
            String feed, Function<JsonNode, V> decode, SnapshotSource source, FeedOptions options) {
        this.feed = feed;
        this.contents = new FeedContents<>(feed, decode);
        this.source = source;
        this.options = options;
        this.tracker = new PositionTracker(options.reorderWindow());
    }

    /**
     * Loads the first snapshot. Messages should flow to {@link #accept} already. A second call does
     * nothing.
     */
    public void start() {
        lock.lock();
        try {
            if (phase == Phase.NEW) load();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a message of this feed. Returns when the view has it: the message may then be
     * acknowledged.
     */
    public void accept(FeedMessage message) {
        if (!message.feed().equals(feed)) {
            throw new IllegalArgumentException(
                    "message of feed %s, this view is of %s".formatted(message.feed(), feed));
        }
        lock.lock();
        try {
            take(message);
        } finally {
            lock.unlock();
        }
    }

    /** Completes when the first snapshot and the messages beyond it are in. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** The object of the key. */
    public Optional<V> get(String key) {
        return Optional.ofNullable(contents.objects().get(key));
    }

    /** All objects: a live, unmodifiable view. */
    public Collection<V> values() {
        return Collections.unmodifiableCollection(contents.objects().values());
    }

    /** All keys and objects: a live, unmodifiable view. */
    public Map<String, V> asMap() {
        return Collections.unmodifiableMap(contents.objects());
    }

    /** The feed's name. */
    public String feed() {
        return feed;
    }

    /**
     * Hears every change from now on, one at a time and in order, after the contents have it; what
     * is there already is told at once as an addition. The listener must be quick (put a key into a
     * {@link ReconcileLoop}, keep an index) and must not block.
     */
    public void onChange(Consumer<Change<V>> listener) {
        lock.lock();
        try {
            contents.listen(listener);
        } finally {
            lock.unlock();
        }
    }

    /** How the view stands. */
    public Status status() {
        lock.lock();
        try {
            return new Status(
                    feed,
                    phase == Phase.LIVE,
                    tracker.epoch(),
                    tracker.position(),
                    contents.objects().size(),
                    snapshots,
                    gaps,
                    ignored,
                    contents.undecodable());
        } finally {
            lock.unlock();
        }
    }

    /** Ignores everything from now on. The contents stay readable. */
    @Override
    public void close() {
        lock.lock();
        try {
            phase = Phase.CLOSED;
            cancelGapAlarm();
            if (retryAlarm != null) retryAlarm.cancel();
            buffer.clear();
        } finally {
            lock.unlock();
        }
    }

    private void take(FeedMessage message) {
        switch (phase) {
            case NEW, LOADING -> buffer(message);
            case LIVE -> judge(message);
            case CLOSED -> {}
        }
    }

    private void buffer(FeedMessage message) {
        if (buffer.size() < options.bufferSize()) buffer.add(message);
        else lastOverflowed = message;
        // the producer lives: no need to sit out the back-off; beacons are seldom enough
        if (message.type() == FeedMessage.Type.BEACON) tryAgain();
    }

    private void judge(FeedMessage message) {
        switch (tracker.offer(message, options.timers().now())) {
            case Verdict.Fresh(var inOrder) -> inOrder.forEach(contents::apply);
            case Verdict.Old() -> ignored += message.type() == FeedMessage.Type.BEACON ? 0 : 1;
            case Verdict.Gap(_, _) -> {}
            case Verdict.NewEpoch(var epoch) -> {
                LOG.info("{}: new epoch {}, loading a snapshot", feed, epoch);
                buffer(message);
                load();
                return;
            }
        }
        watchGap();
    }

    private void watchGap() {
        if (!tracker.hasGap()) cancelGapAlarm();
        else if (gapAlarm == null) {
            gapAfter = tracker.position();
            gapAlarm = options.timers().after(options.gapWindow(), this::gapStayed);
        }
    }

    private void gapStayed() {
        lock.lock();
        try {
            gapAlarm = null;
            if (phase != Phase.LIVE || !tracker.hasGap()) return;
            if (tracker.position() > gapAfter) {
                // what was missing came; what is missing now has its own time to come
                watchGap();
                return;
            }
            gaps++;
            LOG.info(
                    "{}: messages after position {} are missing, loading a snapshot",
                    feed,
                    tracker.position());
            load();
        } finally {
            lock.unlock();
        }
    }

    private void cancelGapAlarm() {
        if (gapAlarm != null) gapAlarm.cancel();
        gapAlarm = null;
    }

    private void load() {
        phase = Phase.LOADING;
        cancelGapAlarm();
        options.executor().execute(this::readSnapshot);
    }

    private void readSnapshot() {
        var loaded = contents.new Loaded();
        try {
            var header = source.read(feed, loaded::add);
            lock.lock();
            try {
                if (phase != Phase.LOADING) return;
                if (tracker.isAhead(header.epoch(), header.position())) {
                    throw new IllegalStateException(
                            "snapshot of position %d is older than %d, which is applied already"
                                    .formatted(header.position(), tracker.position()));
                }
                replace(header, loaded);
            } finally {
                lock.unlock();
            }
            if (status().live()) ready.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            retry(e);
        }
    }

    private void replace(SnapshotHeader header, FeedContents<V>.Loaded loaded) {
        snapshots++;
        failedLoads = 0;
        contents.replace(loaded);
        tracker.restart(header.epoch(), header.position(), options.timers().now())
                .forEach(contents::apply);
        phase = Phase.LIVE;
        var buffered = List.copyOf(buffer);
        buffer.clear();
        var overflowed = lastOverflowed;
        lastOverflowed = null;
        buffered.forEach(this::take);
        if (overflowed != null) {
            take(FeedMessage.beacon(feed, overflowed.epoch(), overflowed.position()));
        }
        if (phase == Phase.LIVE) watchGap();
    }

    private void retry(Throwable cause) {
        lock.lock();
        try {
            if (phase != Phase.LOADING) return;
            failedLoads++;
            var delay = options.backoff().delay(failedLoads, options.random());
            LOG.warn(
                    "{}: no snapshot, next try in {} ms: {}",
                    feed,
                    delay.toMillis(),
                    cause.toString());
            retryAlarm = options.timers().after(delay, this::tryAgain);
        } finally {
            lock.unlock();
        }
    }

    private void tryAgain() {
        lock.lock();
        try {
            if (retryAlarm == null || phase != Phase.LOADING) return;
            retryAlarm.cancel();
            retryAlarm = null;
            options.executor().execute(this::readSnapshot);
        } finally {
            lock.unlock();
        }
    }

    private static <V> V treeToValue(JsonNode json, Class<V> type) {
        try {
            return Json.mapper().treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
