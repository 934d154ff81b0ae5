package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1..10.0.0.9, 10.0.0.1..10.0.0.9, 9",
        "10.0.0.1..10.0.0.1, 10.0.0.1, 1",
        "10.0.0.7, 10.0.0.7, 1",
        "10.0.0.7/30, 10.0.0.4..10.0.0.7, 4",
        "fd00::a..fd00::f, fd00::a..fd00::f, 6"
    })
    void readsRangesAddressesAndCidrs(String text, String expected, long size) {
        assertThat(IpRange.parse(text)).hasToString(expected);
        assertThat(IpRange.parse(text).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "10.0.0.1..",
                "..10.0.0.1",
                "10.0.0.9..10.0.0.1",
                "10.0.0.1..fd00::1",
                "10.0.0.1...10.0.0.9",
                "1-2"
            })
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpRange.parse(text));
    }

    @Test
    void namesBothEndsOfAnInvertedRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpRange.parse("10.0.0.9..10.0.0.1"))
                .withMessageContaining("10.0.0.9..10.0.0.1");
    }
}
