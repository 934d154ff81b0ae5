package dev.weft.ipam.feed;

import dev.weft.bus.FeedPublisher;
import dev.weft.bus.SnapshotClient;
import dev.weft.bus.SnapshotSource;
import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.bus.amqp.BrokerConfig;
import dev.weft.bus.amqp.PublisherOptions;
import dev.weft.ipam.IpamConfig;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

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
    FeedPublisher publisher(Vertx vertx, IpamConfig config, Config keys) {
        return AmqpFeedPublisher.open(
                vertx,
                BrokerConfig.read(
                        key -> keys.getOptionalValue(key, String.class),
                        "weft-ipam-" + config.instance()),
                PublisherOptions.defaults().withAddress(config.ipam().amqpAddress()));
    }

    void close(@Disposes FeedPublisher publisher) {
        if (publisher instanceof AmqpFeedPublisher amqp) {
            amqp.close();
        }
    }
}
