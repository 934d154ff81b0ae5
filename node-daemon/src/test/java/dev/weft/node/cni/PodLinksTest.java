package dev.weft.node.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.CniRequest;
import dev.weft.cni.CniResult;
import dev.weft.cni.CniVersion;
import dev.weft.cni.json.JsonWriter;
import dev.weft.kube.Allocation;
import dev.weft.kube.PodRequest;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.node.ovs.Attachment;
import dev.weft.node.pod.PodLink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PodLinksTest {
    private static final Attachment ATTACHMENT =
            new Attachment("c1", "eth0", "weft", "ovn", "shop", "web-0", "/run/netns/x", "abc_h");
    private static final Leases.Lease LEASE =
            new Leases.Lease(
                    new Allocation(
                            DualStack.parseAddresses("10.16.0.5,fd00:10:16::5"),
                            MacAddress.parse("0a:00:00:00:00:05"),
                            DualStack.parseCidrs("10.16.0.0/16,fd00:10:16::/112"),
                            DualStack.parseAddresses("10.16.0.1,fd00:10:16::1"),
                            "ovn-default",
                            "ovn-cluster"),
                    List.of(
                            new PodRequest.Route(
                                    Cidr.parse("192.168.0.0/16"), IpAddress.parse("10.16.0.1"))));

    private static CniRequest request(String command, CniVersion version, String more) {
        return CniRequest.read(
                """
                {"command": "%s", "containerID": "c1", "netns": "/run/netns/x", "ifName": "eth0",
                 "config": {"cniVersion": "%s", "name": "weft", "type": "weft", "dns": {"domain": "d"}%s}}"""
                        .formatted(command, version.text(), more)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static CniResult result() {
        return PodLinks.result(
                PodLinks.of(ATTACHMENT, LEASE, 1400, true),
                "0a:00:00:00:00:99",
                request("ADD", CniVersion.LATEST, ""));
    }

    @Test
    void answersWithInterfacesAddressesAndRoutes() {
        assertThat(JsonWriter.write(result().toJson(CniVersion.V1_1_0)))
                .isEqualToIgnoringWhitespace(
                        """
                        {"cniVersion":"1.1.0","interfaces":[
                          {"name":"abc_h","mac":"0a:00:00:00:00:99","mtu":1400},
                          {"name":"eth0","mac":"0a:00:00:00:00:05","sandbox":"/run/netns/x","mtu":1400}],
                         "ips":[{"address":"10.16.0.5/16","gateway":"10.16.0.1","interface":1},
                                {"address":"fd00:10:16::5/112","gateway":"fd00:10:16::1","interface":1}],
                         "routes":[{"dst":"0.0.0.0/0","gw":"10.16.0.1"},{"dst":"::/0","gw":"fd00:10:16::1"},
                                   {"dst":"192.168.0.0/16","gw":"10.16.0.1"}],
                         "dns":{"domain":"d"}}""");
    }

    @ParameterizedTest
    @EnumSource(value = CniVersion.class, names = "V0_3_1", mode = EnumSource.Mode.EXCLUDE)
    void readsItsOwnResultBackForCheck(CniVersion version) {
        String previous = ", \"prevResult\": " + JsonWriter.write(result().toJson(version));

        PodLink read = PodLinks.from(request("CHECK", version, previous), ATTACHMENT, 1400, true);

        assertThat(read).isEqualTo(PodLinks.of(ATTACHMENT, LEASE, 1400, true));
    }

    @Test
    void saysWhenPrevResultIsOfAnotherInterface() {
        CniRequest check =
                request(
                        "CHECK",
                        CniVersion.V1_0_0,
                        ", \"prevResult\": {\"interfaces\": [{\"name\": \"lo\"}]}");

        assertThatThrownBy(() -> PodLinks.from(check, ATTACHMENT, 1400, true))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("no interface eth0 in /run/netns/x");
    }

    @Test
    void takesAGatewayOutsideOfTheSubnetAsOnLink() {
        var lease =
                new Leases.Lease(
                        new Allocation(
                                DualStack.parseAddresses("10.16.0.5"),
                                MacAddress.parse("0a:00:00:00:00:05"),
                                DualStack.parseCidrs("10.16.0.0/16"),
                                DualStack.parseAddresses("10.99.0.1"),
                                "s",
                                "ovn-cluster"),
                        List.of());

        assertThat(PodLinks.of(ATTACHMENT, lease, 1400, false).routes())
                .singleElement()
                .satisfies(route -> assertThat(route.onLink()).isTrue());
    }
}
