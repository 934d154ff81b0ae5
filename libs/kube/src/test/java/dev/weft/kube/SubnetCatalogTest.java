package dev.weft.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.SubnetCatalog.Taken;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubnetCatalogTest {

    @Test
    void servesTheOlderOfTwoThatOverlapWhateverTheOrder() {
        var old = subnet("zebra", "ovn-cluster", "10.17.0.0/16", "2026-01-01T00:00:00Z");
        var young = subnet("ant", "ovn-cluster", "10.17.8.0/24", "2026-01-02T00:00:00Z");

        for (var order : List.of(List.of(old, young), List.of(young, old))) {
            var all = SubnetCatalog.resolve(order, Taken.NOTHING);
            assertThat(all.get("zebra")).isInstanceOf(Valid.class);
            assertThat(all.get("ant"))
                    .isEqualTo(
                            new Invalid(
                                    "cidrBlock",
                                    "10.17.8.0/24",
                                    "overlaps 10.17.0.0/16 of subnet zebra in the same VPC"));
        }
    }

    @Test
    void letsVpcsReuseTheSameRange() {
        var all =
                SubnetCatalog.resolve(
                        List.of(
                                subnet("a", "red", "10.17.0.0/16", "2026-01-01T00:00:00Z"),
                                subnet("b", "blue", "10.17.0.0/16", "2026-01-01T00:00:00Z")),
                        Taken.NOTHING);

        assertThat(all.values()).allMatch(Valid.class::isInstance);
    }

    @Test
    void keepsNodeAddressesOutOfTheDefaultVpcOnly() {
        var taken =
                new Taken(
                        Set.of(),
                        Map.of(IpAddress.parse("10.17.0.9"), "the address of node n1"),
                        Map.of());

        var all =
                SubnetCatalog.resolve(
                        List.of(
                                subnet("a", "ovn-cluster", "10.17.0.0/16", "2026-01-01T00:00:00Z"),
                                subnet("b", "red", "10.17.0.0/16", "2026-01-01T00:00:00Z")),
                        taken);

        assertThat(all.get("a"))
                .isEqualTo(
                        new Invalid(
                                "cidrBlock",
                                "10.17.0.0/16",
                                "must not contain 10.17.0.9, the address of node n1"));
        assertThat(all.get("b")).isInstanceOf(Valid.class);
    }

    @Test
    void refusesASubnetThatIsNamedLikeAVpc() {
        var all =
                SubnetCatalog.resolve(
                        List.of(
                                subnet(
                                        "red",
                                        "ovn-cluster",
                                        "10.17.0.0/16",
                                        "2026-01-01T00:00:00Z")),
                        new Taken(Set.of("red"), Map.of(), Map.of()));

        assertThat(all.get("red")).isInstanceOf(Invalid.class);
    }

    private static Subnet subnet(String name, String vpc, String cidr, String created) {
        var subnet = new Subnet(name, SubnetSpec.builder().vpc(vpc).cidrBlock(cidr).build());
        subnet.getMetadata().setCreationTimestamp(created);
        return subnet;
    }
}
