package dev.weft.relay;

import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.bus.amqp.BrokerConfig;
import dev.weft.bus.amqp.PublisherOptions;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The connection to the broker. */
@ApplicationScoped
class Broker {

    @Produces
    @Singleton
    AmqpFeedPublisher publisher(
            Vertx vertx,
            RelayConfig config,
            Config keys,
            @ConfigProperty(name = "weft.instance", defaultValue = "relay") String instance) {
        return AmqpFeedPublisher.open(
                vertx,
                BrokerConfig.read(
                        key -> keys.getOptionalValue(key, String.class), "weft-relay-" + instance),
                PublisherOptions.defaults()
                        .withAddress(config.address())
                        .withWaitingMost(config.waitingMost()));
    }

    void close(@Disposes AmqpFeedPublisher publisher) {
        publisher.close();
    }
}
