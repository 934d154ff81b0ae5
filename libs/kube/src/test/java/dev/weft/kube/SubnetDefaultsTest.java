package dev.weft.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.ResolvedSubnet.GatewayType;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.kube.v1.SubnetSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetDefaultsTest {

    @Test
    void fillsInWhatAUserLeavesOut() {
        var subnet = valid("cidrBlock: 10.17.3.4/16,fd00:10:17::/112");

        assertThat(subnet.vpc()).isEqualTo("ovn-cluster");
        assertThat(subnet.provider()).isEqualTo("ovn");
        assertThat(subnet.cidrs()).hasToString("10.17.0.0/16,fd00:10:17::/112");
        assertThat(subnet.gateways()).hasToString("10.17.0.1,fd00:10:17::1");
        assertThat(subnet.excluded()).hasToString("10.17.0.1,fd00:10:17::1");
        assertThat(subnet.gatewayType()).isEqualTo(GatewayType.DISTRIBUTED);
        assertThat(subnet.routerNetworks()).hasToString("10.17.0.1/16,fd00:10:17::1/112");
        assertThat(subnet.natOutgoing()).isFalse();
        assertThat(subnet.hasRouterPort()).isTrue();
    }

    @Test
    void writesBackOnlyWhatDiffers() {
        var spec =
                spec(
                        "cidrBlock: 10.17.3.4/16\nexcludeIps: [10.17.0.10..10.17.0.20, 10.17.0.15..10.17.0.30]");

        assertThat(SubnetDefaults.patch(spec, resolved(spec)))
                .isEqualTo(
                        Map.of(
                                "vpc", "ovn-cluster",
                                "provider", "ovn",
                                "protocol", "IPv4",
                                "cidrBlock", "10.17.0.0/16",
                                "gateway", "10.17.0.1",
                                "gatewayType", "distributed",
                                "excludeIps", List.of("10.17.0.1", "10.17.0.10..10.17.0.30")));
    }

    @Test
    void writesNothingBackWhenAllIsSaid() {
        var spec =
                spec(
                        """
                cidrBlock: 10.17.0.0/16
                vpc: ovn-cluster
                provider: ovn
                protocol: IPv4
                gateway: 10.17.0.1
                gatewayType: distributed
                excludeIps: [10.17.0.1]
                """);

        assertThat(SubnetDefaults.patch(spec, resolved(spec))).isEmpty();
    }

    @Test
    void takesTheGatewayOfOneFamilyAndDefaultsTheOther() {
        assertThat(
                        valid("cidrBlock: 10.17.0.0/16,fd00:10:17::/112\ngateway: 10.17.0.254")
                                .gateways())
                .hasToString("10.17.0.254,fd00:10:17::1");
    }

    @Test
    void hasNoGatewayTypeOutsideTheDefaultVpc() {
        assertThat(valid("cidrBlock: 10.17.0.0/16\nvpc: red").gatewayType())
                .isEqualTo(GatewayType.NONE);
    }

    @Test
    void onlyTheSubnetOvnDefaultIsTheDefault() {
        assertThat(valid("cidrBlock: 10.17.0.0/16\ndefault: true").isDefault()).isFalse();
        assertThat(SubnetDefaults.resolve(spec("cidrBlock: 10.16.0.0/16"), "ovn-default"))
                .isInstanceOfSatisfying(
                        Valid.class, v -> assertThat(v.subnet().isDefault()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    vpc: blue, cidrBlock: 10.17.0.0/16             | vpc
                    mtu: 1400                                       | cidrBlock
                    cidrBlock: 10.17.0.0/33                         | cidrBlock
                    cidrBlock: 10.17.0.0/32                         | cidrBlock
                    cidrBlock: 'fd00::1/128'                        | cidrBlock
                    cidrBlock: 127.0.0.0/16                         | cidrBlock
                    cidrBlock: 224.1.0.0/16                         | cidrBlock
                    cidrBlock: 0.0.0.0/0                            | cidrBlock
                    cidrBlock: 'fe80::/64'                          | cidrBlock
                    cidrBlock: 'FD00::/112'                         | cidrBlock
                    cidrBlock: '10.0.0.0/24,10.1.0.0/24'            | cidrBlock
                    cidrBlock: 'garbage'                            | cidrBlock
                    cidrBlock: '10.17.0.0/16,fd00::/112,fd01::/112' | cidrBlock
                    cidrBlock: 10.17.0.0/16, gateway: 10.18.0.1     | gateway
                    cidrBlock: 10.17.0.0/16, gateway: 10.17.0.0     | gateway
                    cidrBlock: 10.17.0.0/16, gateway: 10.17.255.255 | gateway
                    cidrBlock: 10.17.0.0/16, gateway: 'fd00::1'     | gateway
                    cidrBlock: 10.17.0.0/16, gateway: x             | gateway
                    cidrBlock: 10.17.0.0/16, excludeIps: [10.17.0.9..10.17.0.2] | excludeIps[0]
                    cidrBlock: 10.17.0.0/16, excludeIps: [10.17.0.9, nope]      | excludeIps[1]
                    cidrBlock: 10.17.0.0/16, excludeIps: [10.17.0.0/24]         | excludeIps[0]
                    cidrBlock: 10.17.0.0/16, allowSubnets: [x]      | allowSubnets[0]
                    cidrBlock: 10.17.0.0/16, gatewayType: odd       | gatewayType
                    cidrBlock: 10.17.0.0/16, protocol: IPX          | protocol
                    cidrBlock: 10.17.0.0/16, mtu: 20                | mtu
                    cidrBlock: 10.17.0.0/16, mtu: -1                | mtu
                    cidrBlock: 10.17.0.0/16, mtu: 70000             | mtu
                    cidrBlock: 'fd00:10:17::/112', mtu: 1200        | mtu
                    cidrBlock: 10.17.0.0/16, namespaces: [Shop]     | namespaces[0]
                    cidrBlock: 10.17.0.0/16, vips: [10.18.0.9]      | vips
                    cidrBlock: 10.17.0.0/16, vips: [x]              | vips[0]
                    cidrBlock: 10.17.0.0/16, natOutgoing: true, externalEgressGateway: 10.0.0.1 | externalEgressGateway
                    cidrBlock: 10.17.0.0/16, externalEgressGateway: 'fd00::1'       | externalEgressGateway
                    cidrBlock: 10.17.0.0/16, policyRoutingTableID: 4294967296       | policyRoutingTableID
                    cidrBlock: 10.17.0.0/16, gatewayNode: 'n1:nope'                 | gatewayNode
                    cidrBlock: 10.17.0.0/16, vlan: v, logicalGateway: true, u2oInterconnection: true | logicalGateway
                    cidrBlock: 10.17.0.0/16, u2oFeatures: {overlayOnlyRouting: true} | u2oFeatures.overlayOnlyRouting
                    cidrBlock: 10.17.0.0/16, u2oInterconnectionIP: 10.17.0.1        | u2oInterconnectionIP
                    cidrBlock: 10.17.0.0/16, dhcpV4Options: nope                    | dhcpV4Options
                    cidrBlock: 10.17.0.0/16, acls: [{direction: up}]                | acls[0].direction
                    cidrBlock: 10.17.0.0/16, acls: [{direction: to-lport, action: x}]                  | acls[0].action
                    cidrBlock: 10.17.0.0/16, acls: [{direction: to-lport, action: drop, priority: -5}] | acls[0].priority
                    cidrBlock: 10.17.0.0/16, natOutgoingPolicyRules: [{action: x}]  | natOutgoingPolicyRules[0].action
                    cidrBlock: 10.17.0.0/16, natOutgoingPolicyRules: [{action: nat, match: {srcIPs: 10.0.0.1, dstIPs: 'fd00::1'}}] | natOutgoingPolicyRules[0].match.dstIPs
                    cidrBlock: 10.17.0.0/16, natOutgoingPolicyRules: [{action: nat, match: {srcIPs: '10.0.0.1,fd00::1'}}] | natOutgoingPolicyRules[0].match.srcIPs
                    """)
    void namesTheFieldThatIsWrong(String spec, String field) {
        var yaml = "---\n{" + spec + "}";
        assertThat(SubnetDefaults.resolve(spec(yaml), "blue"))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid -> {
                            assertThat(invalid.field()).isEqualTo(field);
                            assertThat(invalid.message()).isNotBlank();
                            assertThat(invalid).asString().startsWith("spec." + field + " \"");
                        });
    }

    @Test
    void shortensWhatStrangersWrite() {
        var resolution =
                SubnetDefaults.resolve(
                        SubnetSpec.builder().cidrBlock("x\n\u0000".repeat(10_000)).build(), "blue");

        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid ->
                                assertThat(invalid.toString())
                                        .hasSizeLessThan(400)
                                        .doesNotContain("\n", "\u0000"));
    }

    private static ResolvedSubnet valid(String yaml) {
        return resolved(spec(yaml));
    }

    private static ResolvedSubnet resolved(SubnetSpec spec) {
        return switch (SubnetDefaults.resolve(spec, "blue")) {
            case Valid(var subnet) -> subnet;
            case Invalid invalid -> throw new AssertionError(invalid);
        };
    }

    private static SubnetSpec spec(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml, SubnetSpec.class);
    }
}
