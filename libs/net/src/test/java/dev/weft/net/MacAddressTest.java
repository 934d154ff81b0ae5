package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0a:00:00:00:00",
                "0a:00:00:00:00:0",
                "0a:00:00:00:00:0g",
                "0a:00:00-00:00:00",
                "0a.00.00.00.00.00",
                "0a0000000000",
                "0a:00:00:00:00:00:00",
                "0a:00:00:00:00:+1"
            })
    void refusesAnythingElseAndQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MacAddress.parse(text))
                .withMessageContaining("\"" + text + "\"");
    }

    @Test
    void makesUpLocallyAdministeredUnicastAddresses() {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(MacAddress.random(random))
                    .matches(MacAddress::isLocal)
                    .matches(MacAddress::isUnicast);
        }
        assertThat(MacAddress.derivedFrom("web-0.shop").toString()).startsWith("0a:");
        assertThat(MacAddress.parse("01:00:5e:00:00:01").isUnicast()).isFalse();
        assertThat(MacAddress.parse("00:16:3e:00:00:01").isLocal()).isFalse();
    }

    @Test
    void derivesTheSameAddressFromTheSameNameAndAnotherFromAnother() {
        assertThat(MacAddress.derivedFrom("a")).isEqualTo(MacAddress.derivedFrom("a"));
        var seen = new HashSet<MacAddress>();
        for (int i = 0; i < 50_000; i++) {
            seen.add(MacAddress.derivedFrom("pod-" + i + ".ns"));
        }
        assertThat(seen).hasSize(50_000);
    }
}
