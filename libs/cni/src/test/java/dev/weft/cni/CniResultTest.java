package dev.weft.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CniResultTest {

    private static final CniInterface ETH0 =
            new CniInterface(
                    "eth0",
                    "0a:00:00:00:00:01",
                    "/run/netns/x",
                    1400L,
                    "/run/vhost",
                    "0000:03:00.1");
    private static final CniInterface HOST =
            CniInterface.of("veth1", "0a:00:00:00:00:02", null, 1400);

    private static final CniResult RESULT =
            new CniResult(
                    List.of(HOST, ETH0),
                    List.of(
                            new CniIp("10.16.0.5/16", "10.16.0.1", 1L),
                            new CniIp("fd00:10:16::5/112", "fd00:10:16::1", 1L)),
                    List.of(new CniRoute("0.0.0.0/0", "10.16.0.1", 1300L, 1260L, 100L, 254L, 0L)),
                    new CniDns(List.of("10.96.0.10"), null, List.of("svc"), List.of()));

    @Test
    void writesTheDetailsThatOnlyTheNewestVersionHas() {
        assertThat(JsonWriter.write(RESULT.toJson(CniVersion.V1_1_0)))
                .isEqualTo(
                        """
                        {"cniVersion":"1.1.0","interfaces":[{"name":"veth1","mac":"0a:00:00:00:00:02","mtu":1400},\
                        {"name":"eth0","mac":"0a:00:00:00:00:01","sandbox":"/run/netns/x","mtu":1400,"socketPath":"/run/vhost","pciID":"0000:03:00.1"}],\
                        "ips":[{"address":"10.16.0.5/16","gateway":"10.16.0.1","interface":1},\
                        {"address":"fd00:10:16::5/112","gateway":"fd00:10:16::1","interface":1}],\
                        "routes":[{"dst":"0.0.0.0/0","gw":"10.16.0.1","mtu":1300,"advmss":1260,"priority":100,"table":254,"scope":0}],\
                        "dns":{"nameservers":["10.96.0.10"],"search":["svc"]}}""");
    }

    @Test
    void writesTheFamilyOfAddressesBeforeVersionOne() {
        for (var version : List.of(CniVersion.V0_3_1, CniVersion.V0_4_0)) {
            assertThat(JsonWriter.write(RESULT.toJson(version)))
                    .isEqualTo(
                            "{\"cniVersion\":\""
                                    + version.text()
                                    + """
                            ","interfaces":[{"name":"veth1","mac":"0a:00:00:00:00:02"},\
                            {"name":"eth0","mac":"0a:00:00:00:00:01","sandbox":"/run/netns/x"}],\
                            "ips":[{"version":"4","address":"10.16.0.5/16","gateway":"10.16.0.1","interface":1},\
                            {"version":"6","address":"fd00:10:16::5/112","gateway":"fd00:10:16::1","interface":1}],\
                            "routes":[{"dst":"0.0.0.0/0","gw":"10.16.0.1"}],\
                            "dns":{"nameservers":["10.96.0.10"],"search":["svc"]}}""");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatAVersionCanSay(CniVersion version) {
        var json = RESULT.toJson(version);
        var read =
                CniResult.parse(Fields.read(JsonWriter.write(json).getBytes(UTF_8), "the result"));
        assertThat(read.toJson(version)).isEqualTo(json);
        if (version == CniVersion.LATEST) {
            assertThat(read).isEqualTo(RESULT);
        }
    }

    @Test
    void putsOursBehindWhatThePluginsBeforeUsMade() {
        var previous =
                new CniResult(
                        List.of(CniInterface.of("net1", "0a:00:00:00:00:09", "/run/netns/x", 1500)),
                        List.of(new CniIp("192.0.2.7/24", null, 0L)),
                        List.of(CniRoute.of("192.0.2.0/24", null)),
                        new CniDns(List.of("192.0.2.53"), null, List.of(), List.of()));

        var merged = RESULT.mergedOnto(previous);

        assertThat(merged.interfaces())
                .extracting(CniInterface::name)
                .containsExactly("net1", "veth1", "eth0");
        assertThat(merged.ips())
                .containsExactly(
                        new CniIp("192.0.2.7/24", null, 0L),
                        new CniIp("10.16.0.5/16", "10.16.0.1", 2L),
                        new CniIp("fd00:10:16::5/112", "fd00:10:16::1", 2L));
        assertThat(merged.routes()).hasSize(2);
        assertThat(merged.dns()).isEqualTo(RESULT.dns());
    }
}
