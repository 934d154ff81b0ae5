package dev.weft.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void readsAListOfAllKindsAndPrintsItAgain() {
        var text =
                "unix:/run/ovn/nb.sock,tcp:10.0.0.1:6641,ssl:[2001:db8::1]:6641,tcp:nb.example:1";
        var endpoints = Endpoint.parse(text);
        assertThat(endpoints)
                .containsExactly(
                        new Endpoint.Unix("/run/ovn/nb.sock"),
                        new Endpoint.Tcp("10.0.0.1", 6641),
                        new Endpoint.Ssl("2001:db8::1", 6641),
                        new Endpoint.Tcp("nb.example", 1));
        assertThat(String.join(",", endpoints.stream().map(Object::toString).toList()))
                .isEqualTo(text);
    }

    @Test
    void refusesWhatIsNoEndpointAndSaysWhatIs() {
        for (var text :
                List.of(
                        "",
                        "unix:",
                        "tcp:host",
                        "tcp::6641",
                        "tcp:h:0",
                        "tcp:h:99999",
                        "ptcp:1:h",
                        "tcp:h:x",
                        "tcp:a:1,")) {
            assertThatThrownBy(() -> Endpoint.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("none of unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT");
        }
    }

    @Test
    void asksForCertificatesWhereTlsIsWanted() {
        assertThatThrownBy(() -> OvsdbOptions.of("ssl:h:1", "D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs TLS certificates");
    }

    @Test
    void doublesTheDelayUpToItsMaximumAndSpreadsIt() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), 0.5);
        var random = new Random(1);
        for (var failures = 1; failures < 100; failures++) {
            var full = Math.min(100L << Math.min(failures - 1, 20), 2000);
            assertThat(backoff.delay(failures, random).toMillis()).isBetween(full / 2, full);
        }
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ZERO, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
