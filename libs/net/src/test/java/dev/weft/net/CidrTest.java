package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.16.3.4/16, 10.16.0.0/16",
        "10.16.3.4/0, 0.0.0.0/0",
        "10.16.3.4/32, 10.16.3.4/32",
        "FD00:10:16::5/112, fd00:10:16::/112",
        "fd00::1/64, fd00::/64",
        "fd00:1:2:3:4::/65, fd00:1:2:3::/65",
        "::1/0, ::/0"
    })
    void normalisesToTheNetworkAddress(String text, String expected) {
        assertThat(Cidr.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/+8",
                "/8",
                "::/129",
                "::/1000",
                "10.0.0.0/8/8",
                "a/8",
                "10.0.0.0/ 8",
                "10.0.0.0/255.0.0.0"
            })
    void refusesAnythingElseAndQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("10.16.0.0/16");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/29, 10.0.0.1..10.0.0.6",
        "10.0.0.0/30, 10.0.0.1..10.0.0.2",
        "10.0.0.0/31, 10.0.0.0..10.0.0.1",
        "10.0.0.9/32, 10.0.0.9",
        "fd00::/126, fd00::1..fd00::3",
        "fd00::/127, fd00::..fd00::1",
        "fd00::9/128, fd00::9"
    })
    void leavesOutTheAddressesThatNoInterfaceMayHave(String cidr, String hosts) {
        assertThat(Cidr.parse(cidr).hosts()).hasToString(hosts);
    }

    @Test
    void knowsItsMaskAndSize() {
        assertThat(Cidr.parse("10.16.0.0/20").netmask()).hasToString("255.255.240.0");
        assertThat(Cidr.parse("fd00::/68").netmask()).hasToString("ffff:ffff:ffff:ffff:f000::");
        assertThat(Cidr.parse("10.16.0.0/20").size()).isEqualTo(4096);
        assertThat(Cidr.parse("::/0").size()).isEqualTo(BigInteger.TWO.pow(128));
    }

    @Test
    void neverContainsTheOtherFamily() {
        assertThat(Cidr.parse("0.0.0.0/0").contains(IpAddress.parse("::1"))).isFalse();
        assertThat(Cidr.parse("::/0").contains(Cidr.parse("10.0.0.0/8"))).isFalse();
    }
}
