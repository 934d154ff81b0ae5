package dev.weft.ovsdb.wire;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes counted over all connections of a client; read from any thread. */
public final class Traffic {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    void sent(long bytes) {
        sent.addAndGet(bytes);
    }

    void received(long bytes) {
        received.addAndGet(bytes);
    }

    public long sent() {
        return sent.get();
    }

    public long received() {
        return received.get();
    }
}
