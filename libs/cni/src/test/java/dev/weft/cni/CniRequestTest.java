package dev.weft.cni;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.cni.json.JsonWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CniRequestTest {

    private static final Map<String, String> ADD =
            Map.of(
                    "CNI_COMMAND", "ADD",
                    "CNI_CONTAINERID", "c0ffee",
                    "CNI_NETNS", "/var/run/netns/x",
                    "CNI_IFNAME", "eth0",
                    "CNI_ARGS", "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0",
                    "CNI_PATH", "/opt/cni/bin");

    private static NetConf conf(String version) {
        return NetConfTest.read(
                "{\"cniVersion\":\"" + version + "\",\"name\":\"weft\",\"type\":\"weft\"}");
    }

    private static Map<String, String> addWith(String variable, String value) {
        var variables = new HashMap<>(ADD);
        variables.put(variable, value);
        return variables;
    }

    @Test
    void isTheSameOnBothSidesOfTheSocket() {
        var request = CniEnvironment.request(ADD, conf("0.3.1"));
        assertThat(request.attachment()).isEqualTo(new CniAttachment("c0ffee", "eth0"));
        assertThat(CniRequest.read(JsonWriter.writeBytes(request.toJson()))).isEqualTo(request);
    }

    @Test
    void namesEveryVariableThatIsMissing() {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(
                        () -> CniEnvironment.request(Map.of("CNI_COMMAND", "ADD"), conf("1.0.0")))
                .withMessageContaining("CNI_CONTAINERID, CNI_NETNS, CNI_IFNAME must be set")
                .matches(e -> e.is(CniErrorCode.INVALID_ENVIRONMENT));
    }

    @Test
    void deletesWithoutANamespace() {
        var variables = new HashMap<>(addWith("CNI_COMMAND", "DEL"));
        variables.put("CNI_NETNS", "");
        assertThat(CniEnvironment.request(variables, conf("1.0.0")).netns()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", ".x", "_x", "a/b", "a b", "a\n", "ä", "..", "$(id)"})
    void refusesAContainerIdThatTheSpecificationDoesNotAllow(String id) {
        assertRefused("CNI_CONTAINERID", id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                "a/b",
                "a:b",
                "a b",
                "\teth0",
                "sixteen-letters-",
                "\u00a0",
                "e\u0000"
            })
    void refusesAnInterfaceNameThatLinuxDoesNotAllow(String name) {
        assertRefused("CNI_IFNAME", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"netns", "./x", "/a\nb", "/a\u0000b"})
    void refusesANamespaceThatIsNoAbsolutePath(String path) {
        assertRefused("CNI_NETNS", path);
    }

    private static void assertRefused(String variable, String value) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> CniEnvironment.request(addWith(variable, value), conf("1.0.0")))
                .withMessageContaining(variable + " is '")
                .matches(e -> e.is(CniErrorCode.INVALID_ENVIRONMENT));
    }

    @ParameterizedTest
    @CsvSource({"CHECK,0.3.1", "GC,1.0.0", "STATUS,0.4.0"})
    void refusesACommandThatTheVersionDoesNotHave(String command, String version) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(
                        () ->
                                CniEnvironment.request(
                                        addWith("CNI_COMMAND", command), conf(version)))
                .withMessageContaining(command)
                .matches(e -> e.is(CniErrorCode.INCOMPATIBLE_VERSION));
    }

    @ParameterizedTest
    @CsvSource({"CHECK,prevResult", "GC,cni.dev/valid-attachments"})
    void refusesACommandWithoutTheFieldThatItWorksOn(String command, String field) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(
                        () ->
                                CniEnvironment.request(
                                        addWith("CNI_COMMAND", command), conf("1.1.0")))
                .withMessageContaining(field)
                .matches(e -> e.is(CniErrorCode.INVALID_NETWORK_CONFIG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "{\"command\":\"RM\"}",
                "{\"command\":\"ADD\"}",
                "{\"command\":\"ADD\",\"config\":{}}",
                "{\"command\":\"ADD\",\"args\":{\"A\":1},\"config\":{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"w\"}}",
                "{\"command\":\"ADD\",\"containerID\":7,\"config\":{\"cniVersion\":\"1.0.0\",\"name\":\"w\",\"type\":\"w\"}}"
            })
    void isNotReadFromAnythingElse(String json) {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> CniRequest.read(json.getBytes(UTF_8)));
    }
}
