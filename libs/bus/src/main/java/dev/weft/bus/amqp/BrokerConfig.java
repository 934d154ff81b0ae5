package dev.weft.bus.amqp;

import io.vertx.amqp.AmqpClientOptions;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a service reaches the broker: by the keys of SmallRye's AMQP connector ({@code amqp-host},
 * {@code amqp-port}, {@code amqp-use-ssl}, {@code amqp-username}, {@code amqp-password}), so that
 * what it sends and what it receives goes to the same one.
 */
public final class BrokerConfig {
    private static final int HEARTBEAT_MS = 10_000;
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private BrokerConfig() {}

    /**
     * The options of a connection to the broker.
     *
     * @param config the value of a key, if there is one
     * @param containerId what the broker calls the connection, such as {@code weft-relay-0}
     * @throws IllegalArgumentException when a value cannot be used; the message names the key
     */
    public static AmqpClientOptions read(
            Function<String, Optional<String>> config, String containerId) {
        var options =
                new AmqpClientOptions()
                        .setHost(config.apply("amqp-host").orElse("localhost"))
                        .setPort(port(config.apply("amqp-port").orElse("5672")))
                        .setContainerId(containerId)
                        .setHeartbeat(HEARTBEAT_MS)
                        .setConnectTimeout(CONNECT_TIMEOUT_MS);
        options.setSsl(config.apply("amqp-use-ssl").map(Boolean::parseBoolean).orElse(false));
        config.apply("amqp-username").ifPresent(options::setUsername);
        config.apply("amqp-password").ifPresent(options::setPassword);
        return options;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) return port;
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("amqp-port '" + text + "': 1 to 65535 is allowed");
    }
}
