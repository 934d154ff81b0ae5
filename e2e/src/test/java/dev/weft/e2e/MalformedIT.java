package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.cni.binary.CniPlugin;
import dev.weft.kube.v1.Subnet;
import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.PodOrder;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Poll;
import dev.weft.lab.kube.ClusterObjects;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * More than a hundred things that make no sense: each is refused with a message that names it, and
 * nothing stops.
 */
@ExtendWith(SharedLab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedIT {
    private static final String ANNOTATIONS = "ovn.kubernetes.io/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lab lab;
    private final Fabric fabric;

    MalformedIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
    }

    @BeforeAll
    void makeNamespace() {
        new ClusterObjects(lab).ensureNamespaces("odd");
    }

    /** Key, then values that it must not have. */
    private static final Map<String, List<String>> ANNOTATION_CASES = new LinkedHashMap<>();

    static {
        ANNOTATION_CASES.put(
                "ip_address",
                List.of(
                        "10.16.0.999",
                        "1.2.3",
                        "fd00:::1",
                        "10.16.0.5,10.16.0.6",
                        "10.99.99.99",
                        "10.16.0.1",
                        "-",
                        "10.16.0.5/33",
                        "010.16.0.5",
                        "fd00::1%eth0",
                        "10.16.0.5,",
                        ",",
                        "localhost",
                        "10.16.0.0",
                        "٣.١.١.١",
                        "1".repeat(5000)));
        ANNOTATION_CASES.put(
                "mac_address",
                List.of(
                        "zz:00:00:00:00:01",
                        "ff:ff:ff:ff:ff:ff",
                        "01:00:5e:00:00:01",
                        "0a:0b",
                        "00:00:00:00:00:00",
                        "0a:00:00:00:00:01:02",
                        "0a00.0000.0001.x",
                        "m".repeat(3000)));
        ANNOTATION_CASES.put("ip_family", List.of("ipv5", "both", "IPV4 "));
        ANNOTATION_CASES.put(
                "logical_switch",
                List.of("no-such-subnet", "join", "../etc", "s".repeat(300), "Upper", "a b"));
        ANNOTATION_CASES.put("port_security", List.of("maybe", "1.5", "yes please"));
        ANNOTATION_CASES.put("ingress_rate", List.of("fast", "-5", "1e999"));
        ANNOTATION_CASES.put(
                "routes",
                List.of(
                        "[",
                        "{}",
                        "[{\"dst\":\"x\"}]",
                        "[{\"gw\":\"10.16.0.1\"}]",
                        "[".repeat(2000)));
    }

    @Test
    void aMalformedAnnotationIsAnsweredByAnEventThatNamesIt() {
        List<LabPod> refused = new ArrayList<>();
        Map<String, String> keys = new LinkedHashMap<>();
        List<OptionalLong> pids = pids();
        ANNOTATION_CASES.forEach(
                (key, values) -> {
                    for (String value : values) {
                        String name = "odd-" + refused.size();
                        refused.add(
                                lab.pods()
                                        .create(
                                                PodOrder.named(name)
                                                        .in("odd")
                                                        .annotate(ANNOTATIONS + key, value)));
                        keys.put(name, key);
                    }
                });
        Poll.until(
                () -> "events for " + unexplained(keys),
                Fabric.PATIENCE,
                () -> unexplained(keys).isEmpty());
        refused.forEach(
                pod ->
                        assertThat(pod.refresh().orElseThrow().addresses())
                                .as(pod.toString())
                                .isEmpty());
        servesAnHonestPod("after-annotations");
        assertThat(pids()).isEqualTo(pids);
        lab.pods().delete(refused);
        fabric.awaitNoDifferences(Fabric.PATIENCE);
    }

    /**
     * The field that the message must name, and a spec whose value makes no sense. Who refuses it,
     * the API server or the service, is all the same.
     */
    private static final List<Map.Entry<String, String>> SUBNETS_WITHOUT_SENSE =
            List.of(
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"10.66.0.0/33\"}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"abc\"}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"10.66.0.0\"}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"10.66.0.0/16,10.67.0.0/16\"}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"127.0.0.0/8\"}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"fe80::/64\"}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"10.66.0.1/32\"}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":\"fd00::/129\"}"),
                    Map.entry("cidrBlock", "{}"),
                    Map.entry(
                            "gateway",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"gateway\":\"10.77.0.1\"}"),
                    Map.entry(
                            "gateway",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"gateway\":\"10.66.0.256\"}"),
                    Map.entry("gateway", "{\"cidrBlock\":\"10.66.0.0/16\",\"gateway\":\"gw\"}"),
                    Map.entry(
                            "gateway", "{\"cidrBlock\":\"10.66.0.0/16\",\"gateway\":\"fd00::1\"}"),
                    Map.entry(
                            "excludeIps",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"excludeIps\":[\"10.66.0.9..10.66.0.2\"]}"),
                    Map.entry(
                            "excludeIps",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"excludeIps\":[\"x\"]}"),
                    Map.entry(
                            "excludeIps",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"excludeIps\":[\"10.66.0.300\"]}"),
                    Map.entry("protocol", "{\"cidrBlock\":\"10.66.0.0/16\",\"protocol\":\"IPX\"}"),
                    Map.entry(
                            "gatewayType",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"gatewayType\":\"nowhere\"}"),
                    Map.entry("mtu", "{\"cidrBlock\":\"10.66.0.0/16\",\"mtu\":-1}"),
                    Map.entry("mtu", "{\"cidrBlock\":\"10.66.0.0/16\",\"mtu\":99999999}"),
                    Map.entry(
                            "namespaces",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"namespaces\":[\"Not A Name\"]}"),
                    Map.entry(
                            "allowSubnets",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"private\":true,\"allowSubnets\":[\"10.0.0.0/99\"]}"));

    /** The field that the message must name, and a spec in which it has another type. */
    private static final List<Map.Entry<String, String>> SUBNETS_OF_WRONG_TYPES =
            List.of(
                    Map.entry("cidrBlock", "{\"cidrBlock\":17}"),
                    Map.entry("cidrBlock", "{\"cidrBlock\":[\"10.66.0.0/16\"]}"),
                    Map.entry(
                            "excludeIps",
                            "{\"cidrBlock\":\"10.66.0.0/16\",\"excludeIps\":\"10.66.0.9\"}"),
                    Map.entry("mtu", "{\"cidrBlock\":\"10.66.0.0/16\",\"mtu\":\"big\"}"),
                    Map.entry("private", "{\"cidrBlock\":\"10.66.0.0/16\",\"private\":\"yes\"}"),
                    Map.entry("namespaces", "{\"cidrBlock\":\"10.66.0.0/16\",\"namespaces\":{}}"));

    @Test
    void aSubnetWithoutSenseIsRefusedByApiOrConditionThatNamesTheField() throws IOException {
        refusesAll("senseless-subnet-", SUBNETS_WITHOUT_SENSE);
    }

    /** Only a real API server refuses them: the embedded one takes any JSON. */
    @Test
    @Tag("real-kube")
    void aSubnetOfWrongTypesIsRefusedByTheApiThatNamesTheField() throws IOException {
        refusesAll("mistyped-subnet-", SUBNETS_OF_WRONG_TYPES);
    }

    private void refusesAll(String prefix, List<Map.Entry<String, String>> cases)
            throws IOException {
        List<OptionalLong> pids = pids();
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Map.Entry<String, String> wrong = cases.get(i);
            String answer = refusal(prefix + i, wrong.getValue());
            if (!answer.contains(wrong.getKey())) {
                silent.add(wrong.getValue() + " → " + answer);
            }
        }
        assertThat(silent).isEmpty();
        servesAnHonestPod("after-" + prefix + "all");
        assertThat(pids()).isEqualTo(pids);
    }

    /** What must be named, what of the environment is wrong, and the configuration on stdin. */
    private record CniCase(String named, Map<String, String> environment, String stdin) {}

    @Test
    void aMalformedCniRequestIsAnsweredByAnErrorObjectThatNamesIt() throws IOException {
        String socket = lab.layout().cniSocket("n1").toString();
        String good =
                "{\"cniVersion\":\"1.0.0\",\"name\":\"weft\",\"type\":\"weft\",\"server_socket\":\""
                        + socket
                        + "\"}";
        List<CniCase> cases =
                List.of(
                        new CniCase("CNI_COMMAND", Map.of("CNI_COMMAND", ""), good),
                        new CniCase("CNI_COMMAND", Map.of("CNI_COMMAND", "EXPLODE"), good),
                        new CniCase("CNI_COMMAND", Map.of("CNI_COMMAND", "add"), good),
                        new CniCase("CNI_CONTAINERID", Map.of("CNI_CONTAINERID", ""), good),
                        new CniCase(
                                "CNI_CONTAINERID", Map.of("CNI_CONTAINERID", "../../etc"), good),
                        new CniCase("CNI_CONTAINERID", Map.of("CNI_CONTAINERID", "a b"), good),
                        new CniCase("CNI_IFNAME", Map.of("CNI_IFNAME", ""), good),
                        new CniCase(
                                "CNI_IFNAME", Map.of("CNI_IFNAME", "much-too-long-a-name"), good),
                        new CniCase("CNI_IFNAME", Map.of("CNI_IFNAME", "a/b"), good),
                        new CniCase("CNI_IFNAME", Map.of("CNI_IFNAME", ".."), good),
                        new CniCase("CNI_NETNS", Map.of("CNI_NETNS", ""), good),
                        new CniCase(
                                "CNI_NETNS",
                                Map.of("CNI_NETNS", "/run/netns/there-is-no-such"),
                                good),
                        new CniCase("CNI_ARGS", Map.of("CNI_ARGS", "K8S_POD_NAME"), good),
                        new CniCase(
                                "K8S_POD_NAME",
                                Map.of("CNI_ARGS", "IgnoreUnknown=1;K8S_POD_NAMESPACE=odd"),
                                good),
                        new CniCase(
                                "K8S_POD_NAMESPACE",
                                Map.of("CNI_ARGS", "IgnoreUnknown=1;K8S_POD_NAME=odd"),
                                good),
                        new CniCase("", Map.of(), ""),
                        new CniCase("", Map.of(), "{"),
                        new CniCase("", Map.of(), good.substring(0, 40)),
                        new CniCase("", Map.of(), "[]"),
                        new CniCase("", Map.of(), "\u0000\u0001"),
                        new CniCase("", Map.of(), "[".repeat(10_000)),
                        new CniCase("cniVersion", Map.of(), good.replace("1.0.0", "9.9.9")),
                        new CniCase("cniVersion", Map.of(), good.replace("\"1.0.0\"", "1")),
                        new CniCase(
                                "name",
                                Map.of(),
                                good.replace("\"name\":\"weft\"", "\"name\":\"\"")),
                        new CniCase(
                                "name", Map.of(), good.replace("\"name\":\"weft\"", "\"name\":7")),
                        new CniCase(
                                "server_socket", Map.of(), good.replace(socket, "not/absolute")),
                        new CniCase(
                                "/tmp/weft/none.sock",
                                Map.of(),
                                good.replace(socket, "/tmp/weft/none.sock")),
                        new CniCase(
                                "prevResult", Map.of(), good.replace("}", ",\"prevResult\":17}")));
        List<OptionalLong> pids = pids();
        List<String> silent = new ArrayList<>();
        for (CniCase wrong : cases) {
            String answer = cni(wrong);
            JsonNode error = JSON.readTree(answer);
            boolean explained =
                    error.path("code").asInt() > 0
                            && !error.path("msg").asText().isBlank()
                            && answer.contains(wrong.named());
            if (!explained) {
                silent.add(wrong + " → " + answer);
            }
        }
        assertThat(silent).isEmpty();
        servesAnHonestPod("after-cni");
        assertThat(pids()).isEqualTo(pids);
        fabric.awaitNoDifferences(Fabric.PATIENCE);
    }

    private static String cni(CniCase wrong) {
        Map<String, String> environment =
                new LinkedHashMap<>(
                        Map.of(
                                "CNI_COMMAND", "ADD",
                                "CNI_CONTAINERID", "0123456789abcdef",
                                "CNI_IFNAME", "eth0",
                                "CNI_NETNS", "/run/netns/we2e-n1",
                                "CNI_PATH", "/opt/cni/bin",
                                "CNI_ARGS",
                                        "IgnoreUnknown=1;K8S_POD_NAMESPACE=odd;K8S_POD_NAME=none;K8S_POD_UID=none"));
        environment.putAll(wrong.environment());
        environment.values().removeIf(String::isEmpty);
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        int exit =
                CniPlugin.run(
                        environment,
                        new ByteArrayInputStream(wrong.stdin().getBytes(StandardCharsets.UTF_8)),
                        stdout);
        assertThat(exit).as(wrong.toString()).isNotZero();
        return stdout.toString(StandardCharsets.UTF_8);
    }

    /**
     * The answer to a subnet: the API server's, or the message of the condition that our service
     * sets.
     */
    private String refusal(String name, String spec) throws IOException {
        JsonNode object =
                JSON.readTree(
                        "{\"apiVersion\":\"kubeovn.io/v1\",\"kind\":\"Subnet\",\"metadata\":{\"name\":\""
                                + name
                                + "\"},\"spec\":"
                                + spec
                                + "}");
        try {
            lab.kube().raw("/apis/kubeovn.io/v1/subnets", "POST", object);
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
        try {
            Poll.until(
                    () -> "a condition of subnet " + name + " with " + spec,
                    Fabric.PATIENCE,
                    () -> !condition(name).isEmpty());
            return condition(name);
        } finally {
            lab.kube().resources(Subnet.class).withName(name).delete();
        }
    }

    private String condition(String name) {
        Subnet subnet = lab.kube().resources(Subnet.class).withName(name).get();
        if (subnet == null || subnet.getStatus() == null) {
            return "";
        }
        return subnet.getStatus().conditions().stream()
                .filter(condition -> "False".equals(condition.status()))
                .map(condition -> String.valueOf(condition.message()))
                .findFirst()
                .orElse("");
    }

    /** The pods for which no event names the annotation that is wrong. */
    private Map<String, String> unexplained(Map<String, String> keys) {
        Map<String, String> open = new LinkedHashMap<>(keys);
        lab.kube()
                .v1()
                .events()
                .inNamespace("odd")
                .list()
                .getItems()
                .forEach(
                        event -> {
                            String pod = event.getInvolvedObject().getName();
                            String key = open.get(pod);
                            if (key != null && event.getMessage().contains(key)) {
                                open.remove(pod);
                            }
                        });
        return open;
    }

    private void servesAnHonestPod(String name) {
        LabPod pod = lab.pods().run(PodOrder.named(name).in("odd"));
        assertThat(pod.addresses()).hasSize(2);
        pod.delete();
    }

    private List<OptionalLong> pids() {
        return lab.processes().stream().map(LabProcess::pid).toList();
    }
}
