package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DualStackTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "10.0.0.1,fd00::1; 10.0.0.1,fd00::1",
                "fd00::1 , 10.0.0.1; 10.0.0.1,fd00::1",
                "10.0.0.1; 10.0.0.1",
                "fd00::1; fd00::1"
            })
    void readsEitherOrderAndWritesIpv4First(String text, String expected) {
        assertThat(DualStack.parseAddresses(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "10.0.0.1,",
                ",fd00::1",
                "10.0.0.1,10.0.0.2",
                "fd00::1,fd00::2",
                "10.0.0.1,fd00::1,fd00::2",
                "10.0.0.0/8"
            })
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DualStack.parseAddresses(text));
    }

    @Test
    void saysWhichTwoMembersAreOfOneFamily() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualStack.parseCidrs("10.0.0.0/8,11.0.0.0/8"))
                .withMessageContaining("10.0.0.0/8 and 11.0.0.0/8 are both IPv4");
    }

    @Test
    void isEmptyOnlyWhenThatIsMeant() {
        assertThat(DualStack.<IpAddress>none().isEmpty()).isTrue();
        assertThat(DualStack.<IpAddress>none()).hasToString("");
        assertThat(DualStack.<IpAddress>none().families()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualStack.of(List.of(), IpAddress::family));
    }

    @Test
    void mapsWhatIsThere() {
        var sizes = DualStack.parseCidrs("10.0.0.0/24,fd00::/120").map(Cidr::prefixLength);
        assertThat(sizes).isEqualTo(DualStack.of(24, 120));
        assertThat(DualStack.parseCidrs("fd00::/120").map(Cidr::prefixLength))
                .isEqualTo(DualStack.of(Family.IPV6, 120));
        assertThat(sizes.families()).containsExactly(Family.IPV4, Family.IPV6);
        assertThat(sizes.get(Family.IPV6)).contains(120);
    }
}
