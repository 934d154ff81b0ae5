package dev.weft.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one feed into their order and tells what is missing. Pure: no clock, no I/O;
 * not thread-safe.
 *
 * <p>A message beyond a gap is kept (up to the window) until the gap is filled, so a reordered feed
 * is applied in order. What is not in order after a while was lost: the caller loads a snapshot and
 * calls {@link #restart}.
 *
 * <p>A message of an unknown epoch asks for a snapshot. When that snapshot turns out to be of
 * another epoch, the unknown one is a left-over of an earlier life of the producer, and is ignored
 * for {@link #REFUTED_FOR}: not for ever, since a snapshot may also have come from a producer about
 * to be replaced.
 */
public final class PositionTracker {
    /** How long messages of an epoch are ignored that a snapshot did not confirm. */
    public static final Duration REFUTED_FOR = Duration.ofSeconds(2);

    private static final int MOST_EPOCHS = 32;

    private final int window;
    private final TreeMap<Long, FeedMessage> waiting = new TreeMap<>();
    private final Set<UUID> unconfirmed = new HashSet<>();
    private final Map<UUID, Instant> refutedUntil = new HashMap<>();
    private @Nullable UUID epoch;
    private long position;
    private long highestSeen;

    /** What a message means for the reader. */
    public sealed interface Verdict {
        /** These are next, in this order: apply them. */
        record Fresh(List<FeedMessage> inOrder) implements Verdict {}

        /** Seen already, or of a life that is over: nothing to do. */
        record Old() implements Verdict {}

        /** Messages from {@code missing} on have not come (yet); this one waits for them. */
        record Gap(long missing, long seen) implements Verdict {}

        /** The producer counts anew: nothing can be said without a snapshot. */
        record NewEpoch(UUID epoch) implements Verdict {}
    }

    /**
     * @param window how many messages beyond a gap are kept at most; further ones count as lost
     */
    public PositionTracker(int window) {
        this.window = window;
    }

    /** Judges a message that arrives at the given time. */
    public Verdict offer(FeedMessage message, Instant now) {
        if (!message.epoch().equals(epoch)) return unknownEpoch(message.epoch(), now);
        if (message.type() == FeedMessage.Type.BEACON) return beacon(message.position());
        if (message.position() <= position) return new Verdict.Old();
        highestSeen = Math.max(highestSeen, message.position());
        if (message.position() == position + 1) {
            position++;
            var inOrder = new ArrayList<FeedMessage>();
            inOrder.add(message);
            drainInto(inOrder);
            return new Verdict.Fresh(inOrder);
        }
        if (waiting.size() < window) waiting.put(message.position(), message);
        return new Verdict.Gap(position + 1, highestSeen);
    }

    /**
     * A snapshot of this epoch and position is what the reader has now. Forgets what came before
     * it.
     *
     * @return the messages that waited for it, to apply in this order
     */
    public List<FeedMessage> restart(UUID snapshotEpoch, long snapshotPosition, Instant now) {
        if (!snapshotEpoch.equals(epoch)) {
            if (epoch != null) unconfirmed.add(epoch);
            waiting.clear();
            highestSeen = 0;
        }
        refutedUntil.values().removeIf(until -> !until.isAfter(now));
        unconfirmed.remove(snapshotEpoch);
        refutedUntil.remove(snapshotEpoch);
        unconfirmed.forEach(other -> refutedUntil.put(other, now.plus(REFUTED_FOR)));
        unconfirmed.clear();
        epoch = snapshotEpoch;
        position = snapshotPosition;
        highestSeen = Math.max(highestSeen, position);
        waiting.headMap(position, true).clear();
        var inOrder = new ArrayList<FeedMessage>();
        drainInto(inOrder);
        return inOrder;
    }

    /**
     * Whether a snapshot with this header is older than what was applied already: such a one must
     * not be used.
     */
    public boolean isAhead(UUID ofEpoch, long ofPosition) {
        return ofEpoch.equals(epoch) && position > ofPosition;
    }

    /** Whether something is known to exist that has not arrived. */
    public boolean hasGap() {
        return highestSeen > position;
    }

    /** The position up to which everything was applied. */
    public long position() {
        return position;
    }

    /** The epoch of the last snapshot, null before the first. */
    public @Nullable UUID epoch() {
        return epoch;
    }

    private Verdict unknownEpoch(UUID unknown, Instant now) {
        var until = refutedUntil.get(unknown);
        if (until != null && now.isBefore(until)) return new Verdict.Old();
        if (unconfirmed.size() < MOST_EPOCHS) unconfirmed.add(unknown);
        return new Verdict.NewEpoch(unknown);
    }

    private Verdict beacon(long at) {
        highestSeen = Math.max(highestSeen, at);
        return at > position ? new Verdict.Gap(position + 1, highestSeen) : new Verdict.Old();
    }

    private void drainInto(List<FeedMessage> inOrder) {
        for (var next = waiting.remove(position + 1);
                next != null;
                next = waiting.remove(position + 1)) {
            position++;
            inOrder.add(next);
        }
    }
}
