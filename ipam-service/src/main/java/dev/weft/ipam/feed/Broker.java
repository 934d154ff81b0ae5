package dev.weft.ipam.feed;

import dev.weft.bus.FeedPublisher;
import dev.weft.bus.SnapshotClient;
import dev.weft.bus.SnapshotSource;
import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.bus.amqp.PublisherOptions;
import dev.weft.ipam.IpamConfig;
import io.quarkus.arc.DefaultBean;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The outside ends of the feeds: the relay's snapshots and the broker. Tests put others in their
 * place.
 */
@Singleton
class Broker {

    @Produces
    @Singleton
    @DefaultBean
    SnapshotSource relay(IpamConfig config) {
        return new SnapshotClient(config.relay().url());
    }

    @Produces
    @Singleton
    @DefaultBean
    FeedPublisher publisher(
            Vertx vertx,
            IpamConfig config,
            @ConfigProperty(name = "amqp-host", defaultValue = "localhost") String host,
            @ConfigProperty(name = "amqp-port", defaultValue = "5672") int port,
            @ConfigProperty(name = "amqp-use-ssl", defaultValue = "false") boolean ssl,
            @ConfigProperty(name = "amqp-username") Optional<String> username,
            @ConfigProperty(name = "amqp-password") Optional<String> password) {
        var broker =
                new AmqpClientOptions()
                        .setHost(host)
                        .setPort(port)
                        .setSsl(ssl)
                        .setContainerId("weft-ipam-" + config.instance())
                        .setHeartbeat(10_000)
                        .setConnectTimeout(5_000);
        username.ifPresent(broker::setUsername);
        password.ifPresent(broker::setPassword);
        return AmqpFeedPublisher.open(
                vertx,
                broker,
                PublisherOptions.defaults().withAddress(config.ipam().amqpAddress()));
    }

    void close(@Disposes FeedPublisher publisher) {
        if (publisher instanceof AmqpFeedPublisher amqp) {
            amqp.close();
        }
    }
}
