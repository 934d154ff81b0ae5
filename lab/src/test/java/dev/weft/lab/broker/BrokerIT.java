package dev.weft.lab.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Poll;
import dev.weft.lab.part.Broker;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpSender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker's process as the services meet it. */
class BrokerIT {
    private static final LabLayout LAYOUT = LabLayout.ofCheckout("amqp");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Broker broker = new Broker(LAYOUT, "a password");
    private final List<String> received = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        dev.weft.lab.LabDown.down(LAYOUT);
        assertThat(LAYOUT.dir().toFile().mkdirs()).isTrue();
        broker.process().start();
    }

    @AfterEach
    void removeAll() {
        await(vertx.close());
        dev.weft.lab.LabDown.down(LAYOUT);
    }

    @Test
    void deliversToEveryServicesQueueInOrder() {
        List<String> other = new CopyOnWriteArrayList<>();
        AmqpConnection connection = connect();
        consume(connection, "kube.pod::ipam.kube.pod", received);
        consume(connection, "kube.pod::vpc.kube.pod", other);
        send(connection, 50);
        Poll.until(
                () -> received + " " + other,
                LIMIT,
                () -> received.size() == 50 && other.size() == 50);
        assertThat(received).isEqualTo(numbers(50));
        assertThat(other).isEqualTo(numbers(50));
    }

    @Test
    void logsNothingOfTheMessages() throws IOException {
        AmqpConnection connection = connect();
        consume(connection, "kube.pod::ipam.kube.pod", received);
        send(connection, 20);
        Poll.until(received::toString, LIMIT, () -> received.size() == 20);
        // what every line of Artemis' audit log begins with
        assertThat(Files.readString(LAYOUT.log("broker"))).doesNotContain("AMQ601");
    }

    @Test
    void keepsMessagesForAServiceThatIsAwayThroughItsOwnDeath() {
        AmqpConnection connection = connect();
        AmqpConnection service = connect();
        consume(service, "kube.pod::ipam.kube.pod", received);
        await(service.close());
        send(connection, 10);
        broker.process().kill();
        broker.process().start();
        consume(connect(), "kube.pod::ipam.kube.pod", received);
        Poll.until(received::toString, LIMIT, () -> received.size() == 10);
        assertThat(received).isEqualTo(numbers(10));
    }

    @Test
    void losesAndDoublesWhenItIsToldTo() {
        AmqpConnection connection = connect();
        consume(connection, "kube.pod::ipam.kube.pod", received);
        broker.mistreat(new Mistreatment(1, 0, 0, 0));
        send(connection, 20);
        broker.mistreat(new Mistreatment(0, 1, 0, 0));
        send(connection, 20);
        Poll.until(received::toString, LIMIT, () -> received.size() == 40);
        assertThat(received).containsAll(numbers(20));
        assertThat(broker.report().path("dropped").asInt()).isEqualTo(20);
        assertThat(broker.report().path("doubled").asInt()).isEqualTo(20);
    }

    @Test
    void delaysAndReordersWhenItIsToldTo() {
        AmqpConnection connection = connect();
        consume(connection, "kube.pod::ipam.kube.pod", received);
        broker.mistreat(new Mistreatment(0, 0, 0.5, 500));
        send(connection, 40);
        Poll.until(received::toString, LIMIT, () -> received.size() == 40);
        assertThat(received)
                .containsExactlyInAnyOrderElementsOf(numbers(40))
                .isNotEqualTo(numbers(40));
    }

    @Test
    void refusesAWrongPassword() {
        AmqpClientOptions options = options().setPassword("a guess");
        Future<AmqpConnection> connecting = AmqpClient.create(vertx, options).connect();
        Poll.until("a refusal", LIMIT, connecting::isComplete);
        assertThat(connecting.failed()).isTrue();
    }

    @Test
    void staysOutOfTheWayOfALabProcessThatRuns() {
        LabProcess again = new Broker(LAYOUT, "a password").process();
        assertThat(again.start()).isFalse();
    }

    private AmqpConnection connect() {
        return await(AmqpClient.create(vertx, options()).connect());
    }

    private AmqpClientOptions options() {
        Map<String, String> environment = broker.clientEnvironment();
        return new AmqpClientOptions()
                .setHost(environment.get("AMQP_HOST"))
                .setPort(Integer.parseInt(environment.getOrDefault("AMQP_PORT", "0")))
                .setUsername(environment.get("AMQP_USERNAME"))
                .setPassword(environment.get("AMQP_PASSWORD"));
    }

    private static void consume(AmqpConnection connection, String address, List<String> into) {
        await(connection.createReceiver(address))
                .handler(message -> into.add(message.bodyAsString()));
    }

    private static void send(AmqpConnection connection, int count) {
        AmqpSender sender = await(connection.createSender("kube.pod"));
        numbers(count)
                .forEach(
                        number ->
                                await(
                                        sender.sendWithAck(
                                                AmqpMessage.create()
                                                        .durable(true)
                                                        .groupId("a key")
                                                        .withBody(number)
                                                        .build())));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }
}
