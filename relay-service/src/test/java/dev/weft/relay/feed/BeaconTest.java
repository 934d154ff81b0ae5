package dev.weft.relay.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bus.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeaconTest {
    private final StandingClock timers = new StandingClock();
    private final List<Long> sent = new ArrayList<>();
    private final Beacon beacon = new Beacon(timers, () -> sent.add(timers.seconds));

    @Test
    void repeatsItselfMoreAndMoreSeldom() {
        beacon.start();
        timers.advance(100);
        assertThat(sent).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L);
    }

    @Test
    void beginsAnewAfterAMessage() {
        beacon.start();
        timers.advance(50);
        sent.clear();
        beacon.messageSent();
        timers.advance(8);
        // the message is of second 50; the first second only finds out that it was the last one
        assertThat(sent).containsExactly(52L, 54L, 58L);
    }

    @Test
    void keepsSilentWhileMessagesFlow() {
        beacon.start();
        sent.clear();
        for (int i = 0; i < 20; i++) {
            beacon.messageSent();
            timers.advance(1);
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void endsWhenItIsClosed() {
        beacon.start();
        beacon.close();
        timers.advance(100);
        assertThat(sent).containsExactly(0L);
    }

    /** A clock for one alarm. */
    private static final class StandingClock implements Timers {
        long seconds;
        private long due = Long.MAX_VALUE;
        private Runnable action = () -> {};

        @Override
        public Instant now() {
            return Instant.ofEpochSecond(seconds);
        }

        @Override
        public Alarm after(Duration delay, Runnable next) {
            due = seconds + delay.toSeconds();
            action = next;
            return () -> due = Long.MAX_VALUE;
        }

        void advance(long by) {
            for (long until = seconds + by; seconds < until; ) {
                seconds++;
                if (seconds == due) {
                    due = Long.MAX_VALUE;
                    action.run();
                }
            }
        }
    }
}
