package dev.weft.relay;

import dev.weft.bus.FeedMessage;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Reads a queue for as long as it is open. */
final class AmqpReader implements AutoCloseable {
    final List<FeedMessage> messages = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();

    /** Reads from the broker that the lab's environment variables lead to. */
    AmqpReader(Map<String, String> broker, String queue) throws Exception {
        var options =
                new AmqpClientOptions()
                        .setHost(broker.get("AMQP_HOST"))
                        .setPort(Integer.parseInt(broker.get("AMQP_PORT")))
                        .setUsername(broker.get("AMQP_USERNAME"))
                        .setPassword(broker.get("AMQP_PASSWORD"));
        AmqpClient.create(vertx, options)
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
