package dev.weft.relay;

import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.bus.amqp.PublisherOptions;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The connection to the broker, by the same keys as SmallRye's AMQP connector. */
@ApplicationScoped
class Broker {

    @Produces
    @Singleton
    AmqpFeedPublisher publisher(
            Vertx vertx,
            RelayConfig config,
            @ConfigProperty(name = "weft.instance", defaultValue = "relay") String instance,
            @ConfigProperty(name = "amqp-host", defaultValue = "localhost") String host,
            @ConfigProperty(name = "amqp-port", defaultValue = "5672") int port,
            @ConfigProperty(name = "amqp-use-ssl", defaultValue = "false") boolean ssl,
            @ConfigProperty(name = "amqp-username") Optional<String> username,
            @ConfigProperty(name = "amqp-password") Optional<String> password) {
        var broker =
                new AmqpClientOptions()
                        .setHost(host)
                        .setPort(port)
                        .setContainerId("weft-relay-" + instance)
                        .setHeartbeat(10_000)
                        .setConnectTimeout(5_000);
        broker.setSsl(ssl);
        username.ifPresent(broker::setUsername);
        password.ifPresent(broker::setPassword);
        return AmqpFeedPublisher.open(
                vertx,
                broker,
                PublisherOptions.defaults()
                        .withAddress(config.address())
                        .withWaitingMost(config.waitingMost()));
    }

    void close(@Disposes AmqpFeedPublisher publisher) {
        publisher.close();
    }
}
