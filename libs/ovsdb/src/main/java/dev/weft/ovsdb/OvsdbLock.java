package dev.weft.ovsdb;

import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * A lock kept by the server for as long as our connection lives (RFC 7047 sections 4.1.8 to
 * 4.1.10). It is asked for at once and again after every reconnect; a transaction that must not
 * happen without it says {@link Transaction#assertLock}.
 */
public interface OvsdbLock {
    String id();

    /** Whether we hold it as far as we know; only an {@code assert} knows for sure. */
    boolean held();

    /**
     * Completes when we hold it, at once when we do already. Fails when it is released or the
     * client closed.
     */
    Future<Void> whenHeld();

    /**
     * Tells of every change, on the event loop: true for got, false for lost (stolen, or the
     * connection broke).
     */
    void listen(Consumer<Boolean> listener);

    /** Takes it from whoever holds it (4.1.9). */
    Future<Void> steal();

    /** Gives it up and does not ask again (4.1.10). */
    Future<Void> release();
}
