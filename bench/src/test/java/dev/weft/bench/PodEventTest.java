package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PodEventTest {

    @Test
    void tellsAPodsFirstEventFromTheOneThatHasItsAddresses() {
        assertThat(
                        PodEvent.of(
                                """
                                {"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"web"}}}"""))
                .isEqualTo(new PodEvent("web", true, false));
        assertThat(
                        PodEvent.of(
                                """
                                {"type":"MODIFIED","object":{"kind":"Pod","metadata":{"name":"web",
                                "annotations":{"ovn.kubernetes.io/allocated":"true"}}}}"""))
                .isEqualTo(new PodEvent("web", false, true));
    }

    @Test
    void refusesTheEndOfAWatch() {
        assertThatThrownBy(
                        () ->
                                PodEvent.of(
                                        """
                                        {"type":"ERROR","object":{"kind":"Status","code":410}}"""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("410");
    }
}
