package dev.weft.ovsdb.wire;

import io.vertx.core.Context;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Messages on their way out. Those that come in one turn of the event loop leave in one write;
 * while the server reads too slowly they wait here, where they are counted.
 */
final class Outbox {
    private static final int PIECE = 64 * 1024;

    private final Context context;
    private final Wire wire;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean scheduled;

    Outbox(Context context, Wire wire) {
        this.context = context;
        this.wire = wire;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    void add(byte[] message) {
        waiting.add(message);
        waitingBytes += message.length;
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(
                    _ -> {
                        scheduled = false;
                        flush();
                    });
        }
    }

    /** Writes as much as the wire takes. */
    void flush() {
        while (!waiting.isEmpty() && !wire.full()) {
            var piece = waiting.remove();
            if (!waiting.isEmpty() && piece.length < PIECE) {
                var joined = new ByteArrayOutputStream(PIECE);
                joined.writeBytes(piece);
                while (!waiting.isEmpty() && joined.size() + waiting.element().length <= PIECE) {
                    joined.writeBytes(waiting.remove());
                }
                piece = joined.toByteArray();
            }
            waitingBytes -= piece.length;
            wire.write(piece);
        }
    }
}
