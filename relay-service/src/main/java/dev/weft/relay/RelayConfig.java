package dev.weft.relay;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be set of the relay, {@code weft.feeds.*}. */
@ConfigMapping(prefix = "weft.feeds")
public interface RelayConfig {
    /** Objects a page of a list. */
    @WithDefault("500")
    int pageSize();

    /**
     * Messages that wait at most while the broker is away; what is beyond is dropped, and found
     * missing by its position.
     */
    @WithDefault("10000")
    int waitingMost();

    /**
     * From a feed's name to its AMQP address: {@code %s} for Artemis, {@code /exchanges/weft/%s}
     * for RabbitMQ 4.
     */
    @WithDefault("%s")
    String address();
}
