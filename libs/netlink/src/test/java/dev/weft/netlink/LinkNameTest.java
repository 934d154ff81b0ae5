package dev.weft.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.net.Cidr;
import dev.weft.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a/b", "a b", "sixteencharacter", "a:b", "a%d", "a\nb", "é"})
    void refusesNamesThatTheKernelWouldRefuseOrRewrite(String name) {
        assertThatThrownBy(() -> Link.requireName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 15");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", ".", ".hidden", ""})
    void refusesNamespaceNamesThatLeadElsewhere(String name) {
        assertThatThrownBy(() -> NetNs.named(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAVethWithAnImpossibleMtu() {
        assertThatThrownBy(() -> new VethSpec("a", null, "b", NetNs.own(), null, 67))
                .hasMessageContaining("68 to 65535");
    }

    @Test
    void refusesARouteOfTwoFamilies() {
        Route route = Route.to(Cidr.parse("10.0.0.0/8"), 1);

        assertThatThrownBy(() -> route.via(IpAddress.parse("fd00::1")))
                .hasMessageContaining("another address family");
    }

    @Test
    void knowsTheMetricThatTheKernelGivesIpv6RoutesWithoutOne() {
        assertThat(Route.to(Cidr.parse("fd00::/8"), 1).metric()).isEqualTo(1024);
        assertThat(Route.to(Cidr.parse("10.0.0.0/8"), 1).metric()).isZero();
    }

    @Test
    void namesTheErrorOfTheKernel() {
        assertThat(NetlinkException.of(17, "create veth a"))
                .isInstanceOf(NetlinkException.Exists.class)
                .hasMessage("create veth a: exists already (EEXIST)");
        assertThat(NetlinkException.of(4242, "x")).hasMessage("x: error 4242");
    }
}
