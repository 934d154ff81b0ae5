package dev.weft.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.bus.FeedMessage;
import dev.weft.bus.Feeds;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a broker; with a real one, see RelayIT. */
class AmqpFeedPublisherTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void holdsABoundedNumberOfMessagesAndFailsThemWhenItCloses() throws Exception {
        var publisher =
                AmqpFeedPublisher.open(
                        vertx,
                        new AmqpClientOptions().setHost("127.0.0.1").setPort(closedPort()),
                        PublisherOptions.defaults().withWaitingMost(3));
        var sent = new ArrayList<CompletableFuture<Void>>();
        for (int i = 1; i <= 5; i++) {
            sent.add(
                    publisher
                            .publish(FeedMessage.delete(Feeds.POD, new UUID(0, 1), i, "k"))
                            .toCompletableFuture());
        }
        assertThat(sent.subList(0, 3)).noneMatch(CompletableFuture::isDone);
        assertThat(sent.subList(3, 5)).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(publisher.status()).isEqualTo(new AmqpFeedPublisher.Status(false, 3, 0, 2));

        publisher.close();

        assertThatThrownBy(() -> sent.getFirst().get(5, TimeUnit.SECONDS))
                .hasMessageContaining("closed");
        assertThat(publisher.publish(FeedMessage.beacon(Feeds.POD, new UUID(0, 1), 5)))
                .isCompletedExceptionally();
    }

    private static int closedPort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
