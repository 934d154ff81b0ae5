package dev.weft.ovsdb.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Unix sockets on the JDK's own channels. Vert.x 4.5 offers Unix sockets with a native transport
 * only; Netty's NIO channel needs none and runs on the very event loop of the Vert.x context.
 */
final class NioUnixWire extends ChannelInboundHandlerAdapter implements Wire {
    private final ContextInternal context;
    private final byte[] scratch = new byte[64 * 1024];
    private @Nullable Channel channel;
    private @Nullable Listener listener;
    private @Nullable Throwable failure;

    private NioUnixWire(ContextInternal context) {
        this.context = context;
    }

    static Future<Wire> connect(ContextInternal context, String path, Duration timeout) {
        Promise<Wire> promise = Promise.promise();
        var wire = new NioUnixWire(context);
        new Bootstrap()
                .group(context.nettyEventLoop())
                .channel(NioDomainSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .option(ChannelOption.AUTO_READ, false) // until somebody listens
                .handler(wire)
                .connect(UnixDomainSocketAddress.of(path))
                .addListener(
                        (io.netty.channel.ChannelFuture connected) ->
                                context.emit(
                                        connected,
                                        done -> {
                                            if (done.isSuccess()) {
                                                wire.channel = done.channel();
                                                promise.complete(wire);
                                            } else {
                                                promise.fail(done.cause());
                                            }
                                        }));
        return promise.future();
    }

    private Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("not connected");
        }
        return channel;
    }

    @Override
    public void listen(Listener to) {
        listener = to;
        if (channel().isActive()) {
            channel().config().setAutoRead(true);
        } else {
            context.runOnContext(_ -> to.closed(failure));
        }
    }

    @Override
    public void write(byte[] bytes) {
        channel().writeAndFlush(Unpooled.wrappedBuffer(bytes), channel().voidPromise());
    }

    @Override
    public boolean full() {
        return !channel().isWritable();
    }

    @Override
    public void close() {
        channel().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        try {
            context.emit(bytes, this::received);
        } finally {
            bytes.release();
        }
    }

    private void received(ByteBuf bytes) {
        var to = listener;
        while (to != null && bytes.isReadable()) {
            var length = Math.min(bytes.readableBytes(), scratch.length);
            bytes.readBytes(scratch, 0, length);
            to.received(scratch, 0, length);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (listener != null && ctx.channel().isWritable()) {
            context.emit(listener, Listener::drained);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (listener != null) {
            context.emit(listener, to -> to.closed(failure));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failure = cause;
        ctx.close();
    }
}
