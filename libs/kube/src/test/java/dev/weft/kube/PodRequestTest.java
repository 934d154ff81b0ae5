package dev.weft.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.Parsed.Refused;
import dev.weft.kube.Parsed.Valid;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRequestTest {

    @Test
    void readsWhatAPodAsksFor() {
        var request =
                valid(
                        Map.of(
                                "ovn.kubernetes.io/logical_switch", "blue",
                                "ovn.kubernetes.io/ip_address", "fd00:10:17::9, 10.17.0.9",
                                "ovn.kubernetes.io/mac_address", "0A:00:00:00:00:01",
                                "ovn.kubernetes.io/port_security", "true",
                                "ovn.kubernetes.io/ingress_rate", "1.5",
                                "ovn.kubernetes.io/routes",
                                        "[{\"dst\":\"10.0.0.0/8\",\"gw\":\"10.17.0.1\"}]",
                                "other.shop.ovn.kubernetes.io/logical_switch", "green"));

        assertThat(request.subnet()).isEqualTo("blue");
        assertThat(request.addresses()).hasToString("10.17.0.9,fd00:10:17::9");
        assertThat(request.mac()).isEqualTo(MacAddress.parse("0a:00:00:00:00:01"));
        assertThat(request.portSecurity()).isTrue();
        assertThat(request.shaping().ingressRate()).isEqualByComparingTo("1.5");
        assertThat(request.routes())
                .containsExactly(
                        new PodRequest.Route(
                                Cidr.parse("10.0.0.0/8"), IpAddress.parse("10.17.0.1")));
    }

    @Test
    void readsTheRequestOfAnotherProvider() {
        var parsed =
                PodRequest.parse(
                        Map.of("other.shop.ovn.kubernetes.io/logical_switch", "green"),
                        "other.shop.ovn");

        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Valid.class,
                        v -> assertThat(((PodRequest) v.value()).subnet()).isEqualTo("green"));
    }

    @Test
    void asksForNothingWithoutAnnotations() {
        var request = valid(Map.of("ovn.kubernetes.io/ip_address", " "));

        assertThat(request.subnet()).isNull();
        assertThat(request.addresses()).isNull();
        assertThat(request.portSecurity()).isNull();
        assertThat(request.routes()).isEmpty();
    }

    @Test
    void tellsPoolsFromAddresses() {
        assertThat(pool("web-pool")).isEqualTo(new PoolRequest.Named("web-pool"));
        assertThat(pool("10.0.0.1"))
                .isEqualTo(new PoolRequest.Items(List.of(DualStack.parseAddresses("10.0.0.1"))));
        assertThat(pool("10.0.0.1,10.0.0.2"))
                .isEqualTo(
                        new PoolRequest.Items(
                                List.of(
                                        DualStack.parseAddresses("10.0.0.1"),
                                        DualStack.parseAddresses("10.0.0.2"))));
        assertThat(pool("10.0.0.1,fd00::1"))
                .isEqualTo(
                        new PoolRequest.Items(
                                List.of(DualStack.parseAddresses("10.0.0.1,fd00::1"))));
        assertThat(pool("10.0.0.1,fd00::1;10.0.0.2,fd00::2"))
                .isEqualTo(
                        new PoolRequest.Items(
                                List.of(
                                        DualStack.parseAddresses("10.0.0.1,fd00::1"),
                                        DualStack.parseAddresses("10.0.0.2,fd00::2"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    logical_switch     | Blue Sky
                    logical_switch     | ../../etc
                    ip_address         | 10.17.0.256
                    ip_address         | 10.17.0.1,10.17.0.2
                    ip_address         | 10.17.0.1,fd00::1,fd00::2
                    ip_address         | 10.17.0.0/24
                    ip_address         | localhost
                    ip_family          | ipv5
                    mac_address        | zz:00:00:00:00:01
                    mac_address        | 01:00:00:00:00:01
                    mac_address        | ff:ff:ff:ff:ff:ff
                    mac_address        | 00:00:00:00:00:00
                    ip_pool            | 10.0.0.1,pool
                    ip_pool            | 10.0.0.1;;x
                    port_security      | yes
                    mirror             | 1
                    ingress_rate       | -1
                    ingress_rate       | 1e999999999
                    egress_burst       | much
                    loss               | 101
                    routes             | {}
                    routes             | [{"dst":"10.0.0.0/8"}]
                    routes             | [null]
                    routes             | [{"dst":"10.0.0.0/8","gw":"fd00::1"}]
                    north_gateway      | 10.0.0
                    eip                | fd00::1
                    pod_nic_type       | tap
                    bgp                | maybe
                    port_vips          | 10.0.0.1,x
                    security_groups    | a,B
                    dhcp-v4-options    | nothing
                    """)
    void refusesNamingKeyValueAndWhatIsAllowed(String key, String value) {
        var refused = refused(Map.of("ovn.kubernetes.io/" + key, value));

        assertThat(refused.errors()).hasSize(1);
        var error = refused.errors().getFirst();
        assertThat(error.key()).isEqualTo("ovn.kubernetes.io/" + key);
        assertThat(error.value()).isEqualTo(value);
        assertThat(error.allowed()).isNotBlank();
        assertThat(refused.message()).contains("annotation ovn.kubernetes.io/" + key, "must be");
    }

    @Test
    void listsEverythingThatIsWrong() {
        var refused =
                refused(
                        Map.of(
                                "ovn.kubernetes.io/ip_address",
                                "x",
                                "ovn.kubernetes.io/mac_address",
                                "y"));

        assertThat(refused.errors()).hasSize(2);
    }

    @Property(tries = 300)
    void neverThrows(@ForAll String value) {
        for (var key :
                List.of(
                        "ip_address",
                        "mac_address",
                        "ip_pool",
                        "routes",
                        "loss",
                        "logical_switch")) {
            assertThat(PodRequest.parse(Map.of("ovn.kubernetes.io/" + key, value))).isNotNull();
        }
    }

    @Test
    void readsBackTheAllocationThatItWrote() {
        var allocation =
                new Allocation(
                        DualStack.parseAddresses("10.16.0.5,fd00:10:16::5"),
                        MacAddress.parse("0a:00:00:00:00:01"),
                        DualStack.parseCidrs("10.16.0.0/16,fd00:10:16::/112"),
                        DualStack.parseAddresses("10.16.0.1,fd00:10:16::1"),
                        "ovn-default",
                        "ovn-cluster");

        assertThat(Allocation.parse(allocation.annotations("ovn"), "ovn"))
                .isEqualTo(Optional.of(new Valid<>(allocation)));
        assertThat(Allocation.parse(Map.of(), "ovn")).isEmpty();
        assertThat(Allocation.parse(Map.of("ovn.kubernetes.io/allocated", "true"), "ovn"))
                .get()
                .isInstanceOf(Refused.class);
    }

    private static PoolRequest pool(String text) {
        var pool = valid(Map.of("ovn.kubernetes.io/ip_pool", text)).pool();
        return Objects.requireNonNull(pool);
    }

    private static Refused<PodRequest> refused(Map<String, String> annotations) {
        return switch (PodRequest.parse(annotations)) {
            case Valid<PodRequest>(var request) -> throw new AssertionError(request);
            case Refused<PodRequest> refused -> refused;
        };
    }

    private static PodRequest valid(Map<String, String> annotations) {
        return switch (PodRequest.parse(annotations)) {
            case Valid<PodRequest>(var request) -> request;
            case Refused<PodRequest> refused -> throw new AssertionError(refused.message());
        };
    }
}
