package dev.weft.bus.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.amqp.AmqpClientOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerConfigTest {
    @Test
    void takesTheKeysOfTheConnector() {
        var options =
                read(
                        Map.of(
                                "amqp-host", "broker",
                                "amqp-port", "5671",
                                "amqp-use-ssl", "true",
                                "amqp-username", "weft",
                                "amqp-password", "secret"));
        assertThat(options.getHost()).isEqualTo("broker");
        assertThat(options.getPort()).isEqualTo(5671);
        assertThat(options.isSsl()).isTrue();
        assertThat(options.getUsername()).isEqualTo("weft");
        assertThat(options.getPassword()).isEqualTo("secret");
        assertThat(options.getContainerId()).isEqualTo("weft-test");
    }

    @Test
    void reachesAnOpenBrokerOfThisMachineWhenNothingIsSaid() {
        var options = read(Map.of());
        assertThat(options.getHost()).isEqualTo("localhost");
        assertThat(options.getPort()).isEqualTo(5672);
        assertThat(options.isSsl()).isFalse();
        assertThat(options.getUsername()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "amqp", "0", "65536", "-1"})
    void refusesAPortThatIsNone(String port) {
        assertThatThrownBy(() -> read(Map.of("amqp-port", port)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("amqp-port '" + port + "'");
    }

    private static AmqpClientOptions read(Map<String, String> values) {
        return BrokerConfig.read(key -> Optional.ofNullable(values.get(key)), "weft-test");
    }
}
