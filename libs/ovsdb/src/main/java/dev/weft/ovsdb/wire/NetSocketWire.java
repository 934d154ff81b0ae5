package dev.weft.ovsdb.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicReference;

/** TCP and TLS, and Unix sockets where Vert.x has its native transport. */
final class NetSocketWire implements Wire {
    private final NetClient client;
    private final NetSocket socket;

    NetSocketWire(NetClient client, NetSocket socket) {
        this.client = client;
        this.socket = socket;
    }

    @Override
    public void listen(Listener listener) {
        var failure = new AtomicReference<Throwable>();
        socket.exceptionHandler(failure::set);
        socket.drainHandler(_ -> listener.drained());
        socket.closeHandler(
                _ -> {
                    client.close();
                    listener.closed(failure.get());
                });
        socket.handler(
                buffer -> {
                    var bytes = buffer.getBytes();
                    listener.received(bytes, 0, bytes.length);
                });
    }

    @Override
    public void write(byte[] bytes) {
        socket.write(Buffer.buffer(bytes));
    }

    @Override
    public boolean full() {
        return socket.writeQueueFull();
    }

    @Override
    public void close() {
        socket.close();
    }
}
