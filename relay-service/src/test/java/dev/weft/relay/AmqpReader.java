package dev.weft.relay;

import dev.weft.bus.FeedMessage;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Reads a queue for as long as it is open. */
final class AmqpReader implements AutoCloseable {
    final List<FeedMessage> messages = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();

    AmqpReader(int port, String queue) throws Exception {
        AmqpClient.create(vertx, new AmqpClientOptions().setHost("127.0.0.1").setPort(port))
                .connect()
                .compose(connection -> connection.createReceiver(queue))
                .onSuccess(
                        receiver ->
                                receiver.handler(
                                        message ->
                                                messages.add(
                                                        FeedMessage.parse(
                                                                message.bodyAsBinary()
                                                                        .getBytes()))))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
