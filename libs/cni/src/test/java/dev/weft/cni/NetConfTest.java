package dev.weft.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.cni.json.JsonWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetConfTest {

    static NetConf read(String json) {
        return NetConf.read(json.getBytes(UTF_8));
    }

    @Test
    void needsNoMoreThanVersionNameAndType() {
        var conf = read("{\"cniVersion\":\"1.0.0\",\"name\":\"weft\",\"type\":\"weft\"}");
        assertThat(conf.version()).isEqualTo(CniVersion.V1_0_0);
        assertThat(conf.serverSocket()).isEqualTo("/run/weft/cni.sock");
        assertThat(conf.dns().isEmpty()).isTrue();
        assertThat(conf.prevResult()).isNull();
        assertThat(conf.validAttachments()).isNull();
    }

    @Test
    void keepsEverythingThatARuntimeGivesIncludingWhatItDoesNotKnow() {
        var text =
                """
                {"cniVersion":"1.1.0","name":"weft","type":"kube-ovn","server_socket":"/run/x.sock","provider":"net.shop.ovn",
                 "timeout_seconds":30,"ipam":{"type":"kube-ovn","provider":"net.shop.ovn"},
                 "dns":{"nameservers":["10.96.0.10"],"domain":"c.local","search":["a","b"],"options":["ndots:5"]},
                 "runtimeConfig":{"portMappings":[{"hostPort":80}]},"capabilities":{"portMappings":true},"mtu":1400.5,
                 "prevResult":{"cniVersion":"1.1.0","interfaces":[{"name":"eth0","sandbox":"/n","mtu":1400}],
                               "ips":[{"address":"10.0.0.1/24","interface":0}]},
                 "cni.dev/valid-attachments":[{"containerID":"c1","ifname":"eth0"}]}""";
        var conf = read(text);
        assertThat(conf.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(conf.validAttachments()).isEqualTo(List.of(new CniAttachment("c1", "eth0")));
        assertThat(conf.others()).containsOnlyKeys("capabilities", "mtu");
        assertThat(read(JsonWriter.write(conf.toJson()))).isEqualTo(conf);
    }

    @Test
    void takesTheOldNameOfTheListOfAttachments() {
        var conf =
                read(
                        "{\"cniVersion\":\"1.1.0\",\"name\":\"w\",\"type\":\"weft\",\"cni.dev/attachments\":[]}");
        assertThat(conf.validAttachments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"w\",\"type\":\"weft\"} | 1 | '0.1.0'",
                "{\"cniVersion\":\"2.0.0\",\"name\":\"w\",\"type\":\"weft\"} | 1 | '2.0.0'",
                "{\"cniVersion\":1,\"name\":\"w\",\"type\":\"weft\"} | 6 | cniVersion must be a string, found a number",
                "{\"cniVersion\":\"1.0.0\",\"type\":\"weft\"} | 7 | name is required",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"\",\"type\":\"weft\"} | 7 | name is required",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"a b\",\"type\":\"weft\"} | 7 | name is 'a b'",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\"} | 7 | type is required",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":[]} | 6 | type must be a string, found an array",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"server_socket\":\"x\"} | 7 | server_socket is 'x'",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"timeout_seconds\":0} | 7 | timeout_seconds is 0",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"timeout_seconds\":1.5} | 7 | timeout_seconds is 1.5",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"ipam\":{\"type\":\"host-local\"}} | 2 | ipam.type is 'host-local'",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"macvlan\",\"ipam\":{\"type\":\"kube-ovn\"}} | 2 | macvlan",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"dns\":{\"search\":[1]}} | 6 | dns.search[0] must be a string",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"prevResult\":\"x\"} | 6 | prevResult must be an object",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"prevResult\":{\"cniVersion\":\"9\"}} | 1 | prevResult.cniVersion is '9'",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"prevResult\":{\"ips\":[{\"address\":\"10.0.0.1\"}]}} | 7 | prevResult.ips[0].address is '10.0.0.1'",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"prevResult\":{\"ips\":[{\"address\":\"::1/64\",\"version\":\"4\"}]}} | 7 | prevResult.ips[0].version is '4'",
                "{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"weft\",\"prevResult\":{\"ips\":[{\"address\":\"::1/64\",\"interface\":2}]}} | 7 | interface",
                "{\"cniVersion\":\"1.1.0\",\"name\":\"w\",\"type\":\"weft\",\"cni.dev/valid-attachments\":[{\"containerID\":\"../x\",\"ifname\":\"e\"}]} | 7 | cni.dev/valid-attachments[0].containerID is '../x'",
                "{\"cniVersion\":\"1.1.0\",\"name\":\"w\",\"type\":\"weft\",\"cni.dev/valid-attachments\":[{\"containerID\":\"x\"}]} | 7 | cni.dev/valid-attachments[0].ifname is required",
                "[] | 6 | found an array",
                "{\"cniVersion\" | 6 | at offset 13",
            })
    void refusesAndNamesTheField(String json, int code, String message) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining(message)
                .matches(e -> e.code() == code, "code " + code);
    }
}
