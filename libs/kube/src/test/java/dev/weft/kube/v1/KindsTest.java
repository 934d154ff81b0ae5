package dev.weft.kube.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class KindsTest {

    private static final KubernetesSerialization KUBE = new KubernetesSerialization();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void givesASubnetBackAsItCame() throws Exception {
        var manifest =
                """
                {"apiVersion": "kubeovn.io/v1", "kind": "Subnet", "metadata": {"name": "blue"},
                 "spec": {"cidrBlock": "10.17.0.0/16,fd00:10:17::/112", "default": false, "private": true,
                          "allowSubnets": ["10.16.0.0/16"], "mtu": 1400, "gatewayType": "distributed",
                          "namespaceSelectors": [{"matchLabels": {"team": "blue"}}],
                          "acls": [{"direction": "to-lport", "priority": 10, "match": "ip", "action": "drop"}],
                          "fieldOfTomorrow": {"deep": [1, 2]}},
                 "status": {"v6availableIPs": 340282366920938463463374607431768211456,
                            "conditions": [{"type": "Ready", "status": "True"}], "alsoNew": "x"}}
                """;

        var subnet = KUBE.unmarshal(manifest, Subnet.class);

        assertThat(subnet.getSpec().isPrivate()).isTrue();
        assertThat(subnet.getSpec().unknown()).containsOnlyKeys("fieldOfTomorrow");
        assertThat(JSON.readTree(KUBE.asJson(subnet))).isEqualTo(JSON.readTree(manifest));
    }

    @Test
    void givesAVpcAndAnIpBackAsTheyCame() throws Exception {
        var vpc =
                """
                {"apiVersion": "kubeovn.io/v1", "kind": "Vpc", "metadata": {"name": "red"},
                 "spec": {"namespaces": ["a"], "staticRoutes": [{"cidr": "0.0.0.0/0", "nextHopIP": "10.0.0.1"}],
                          "bfdPort": {"enabled": true}, "later": 1},
                 "status": {"default": false, "standby": true, "subnets": ["x"]}}
                """;
        var ip =
                """
                {"apiVersion": "kubeovn.io/v1", "kind": "IP", "metadata": {"name": "web-0.shop"},
                 "spec": {"podName": "web-0", "namespace": "shop", "v4IpAddress": "10.16.0.5", "later": [null]}}
                """;

        assertThat(JSON.readTree(KUBE.asJson(KUBE.unmarshal(vpc, Vpc.class))))
                .isEqualTo(JSON.readTree(vpc));
        assertThat(JSON.readTree(KUBE.asJson(KUBE.unmarshal(ip, Ip.class))))
                .isEqualTo(JSON.readTree(ip));
    }

    @Test
    void readsACounterThatTheApiServerTurnedIntoAFloatingPointNumber() {
        var status =
                KUBE.unmarshal("{\"v6availableIPs\": 1.8446744073709552e+19}", SubnetStatus.class);

        assertThat(status.v6availableIPs()).isEqualTo(new BigInteger("18446744073709552000"));
    }

    @Test
    void takesNullForAbsent() {
        var subnet =
                KUBE.unmarshal(
                        "{\"kind\": \"Subnet\", \"apiVersion\": \"kubeovn.io/v1\", \"spec\": {\"namespaces\": null, \"vips\": [null]}}",
                        Subnet.class);

        assertThat(subnet.getSpec()).isEqualTo(SubnetSpec.EMPTY);
    }

    @Test
    void leavesConditionsAloneThatAlreadySayIt() {
        var early =
                new Conditions(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
        var late =
                new Conditions(Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC));

        var first = early.with(List.of(), Condition.READY, true, "Served", "", 1);

        assertThat(late.with(first, Condition.READY, true, "Served", "", 1)).isSameAs(first);
        var second = late.with(first, Condition.READY, true, "Served", "", 2).getFirst();
        assertThat(second.lastUpdateTime()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(second.lastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(
                        late.with(first, Condition.READY, false, "Refused", "no", 2)
                                .getFirst()
                                .lastTransitionTime())
                .isEqualTo("2026-01-02T00:00:00Z");
    }
}
