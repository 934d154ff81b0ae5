package dev.weft.ovsdb.wire;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Asks a silent peer for a sign of life, and gives up on one that stays silent (RFC 7047 section
 * 4.1.11, echo).
 */
final class InactivityProbe {
    private final Vertx vertx;
    private final Duration interval;
    private final Runnable ask;
    private final Runnable giveUp;
    private long lastHeard = System.nanoTime();
    private boolean asked;
    private long timer = -1;

    InactivityProbe(Vertx vertx, Duration interval, Runnable ask, Runnable giveUp) {
        this.vertx = vertx;
        this.interval = interval;
        this.ask = ask;
        this.giveUp = giveUp;
        if (!interval.isZero()) {
            arm(interval.toMillis());
        }
    }

    void heard() {
        lastHeard = System.nanoTime();
        asked = false;
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void arm(long millis) {
        timer = vertx.setTimer(Math.max(1, millis), _ -> fired());
    }

    private void fired() {
        var silent = (System.nanoTime() - lastHeard) / 1_000_000;
        if (!asked && silent < interval.toMillis()) {
            arm(interval.toMillis() - silent);
        } else if (asked) {
            giveUp.run();
        } else {
            asked = true;
            ask.run();
            arm(interval.toMillis());
        }
    }
}
