package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IpAddressProperties {

    @Provide
    Arbitrary<IpAddress> addresses() {
        return dev.weft.net.Arbitrary.addresses();
    }

    @Property
    void readsBackWhatItWrites(@ForAll("addresses") IpAddress address) {
        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
        assertThat(IpAddress.parse(address.toString().toUpperCase())).isEqualTo(address);
    }

    @Property
    void survivesTheWayThroughBytesAndNumbers(@ForAll("addresses") IpAddress address) {
        assertThat(IpAddress.of(address.toBytes())).isEqualTo(address);
        assertThat(IpAddress.of(address.family(), address.toBigInteger())).isEqualTo(address);
        assertThat(new BigInteger(1, address.toBytes())).isEqualTo(address.toBigInteger());
    }

    @Property
    void readsTextAsTheJdkDoes(@ForAll("addresses") IpAddress address) throws UnknownHostException {
        // the JDK turns IPv4-mapped addresses into IPv4
        Assume.that(address.family() == Family.IPV4 || !address.toString().startsWith("::ffff:"));
        var jdk = InetAddress.getByAddress(address.toBytes());
        assertThat(IpAddress.parse(jdk.getHostAddress())).isEqualTo(address);
    }

    @Property
    void shortensNoLessThanRfc5952Asks(@ForAll("addresses") IpAddress address) {
        Assume.that(address.family() == Family.IPV6);
        String text = address.toString();
        assertThat(text)
                .isLowerCase()
                .doesNotContain(":::")
                .doesNotContainPattern("(^|:)0[0-9a-f]");
        assertThat(text.split("::", -1).length).isLessThanOrEqualTo(2);
        if (!text.contains("::")) {
            assertThat(text).doesNotContainPattern("(^|:)0:0(:|$)");
        }
    }

    @Property
    void addsLikeNumbersDo(@ForAll("addresses") IpAddress address, @ForAll long offset) {
        var sum = address.toBigInteger().add(BigInteger.valueOf(offset));
        IpAddress moved;
        try {
            moved = address.plus(offset);
        } catch (ArithmeticException _) {
            assertThat(sum.signum() < 0 || sum.bitLength() > address.family().bits()).isTrue();
            return;
        }
        assertThat(moved.toBigInteger()).isEqualTo(sum);
        assertThat(address.distanceTo(moved)).isEqualTo(offset);
        assertThat(address.plus(BigInteger.valueOf(offset))).isEqualTo(moved);
    }

    @Property
    void ordersLikeNumbersWithinAFamily(
            @ForAll("addresses") IpAddress a, @ForAll("addresses") IpAddress b) {
        int expected =
                a.family() == b.family()
                        ? a.toBigInteger().compareTo(b.toBigInteger())
                        : a.family().compareTo(b.family());
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(expected));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
    }

    @Property
    void refusesGarbageOnlyWithIllegalArgument(@ForAll String text) {
        try {
            IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("is not an IP address");
        }
    }
}
