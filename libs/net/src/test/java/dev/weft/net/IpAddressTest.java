package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:0DB8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "::ffff:c0a8:0102, ::ffff:192.168.1.2",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "FE80::ABCD, fe80::abcd"
    })
    void writesIpv6AsRfc5952Has(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.16.0.5", "255.255.255.255"})
    void readsAndWritesIpv4(String text) {
        assertThat(IpAddress.parse(text))
                .hasToString(text)
                .extracting(IpAddress::family)
                .isEqualTo(Family.IPV4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1..2.3",
                "1.2.3.",
                "-1.2.3.4",
                "+1.2.3.4",
                "0x1.2.3.4",
                "1.2.3.٤",
                "localhost",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "::1/64",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "::1.2.3.4:5",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "::01.2.3.4",
                "１.2.3.4",
                "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"
            })
    void refusesAnythingElseAndQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageContaining(text)
                .withMessageContaining("10.16.0.5");
    }

    @Test
    void shortensHostileInputInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse("1\n".repeat(100_000)))
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(250).doesNotContain("\n"));
    }

    @Test
    void sortsIpv4BeforeIpv6AndComparesUnsigned() {
        assertThat(IpAddress.parse("255.255.255.255")).isLessThan(IpAddress.parse("::"));
        assertThat(IpAddress.parse("7fff::")).isLessThan(IpAddress.parse("8000::"));
        assertThat(IpAddress.parse("::7fff:ffff:ffff:ffff"))
                .isLessThan(IpAddress.parse("::8000:0:0:0"));
    }

    @Test
    void carriesFromTheLowerHalfToTheUpper() {
        assertThat(IpAddress.parse("fd00::ffff:ffff:ffff:ffff").next()).hasToString("fd00:0:0:1::");
        assertThat(IpAddress.parse("fd00:0:0:1::").previous())
                .hasToString("fd00::ffff:ffff:ffff:ffff");
    }

    @Test
    void refusesToLeaveTheFamily() {
        assertThatThrownBy(() -> IpAddress.parse("255.255.255.255").next())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("0.0.0.0").previous())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("10.0.0.0").plus(Long.MAX_VALUE))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("10.0.0.0").plus(Long.MIN_VALUE))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("::").previous())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").next())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> IpAddress.parse("::").plus(BigInteger.TWO.pow(128)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void refusesBytesOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[5]));
    }

    @Test
    void refusesADistanceBetweenFamilies() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse("::1").distanceTo(IpAddress.parse("0.0.0.1")));
    }
}
