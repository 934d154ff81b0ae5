package dev.weft.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.v1.Subnet;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the daemon does for its node: registers it, keeps what it made as it should be, adopts it
 * after a restart.
 */
@ExtendWith(SharedNode.class)
class NodeIT {
    private final NodeUnderTest tested;
    private final RealNode node;
    private final CniClient cni;
    private final KubernetesClient kubernetes;

    NodeIT(NodeUnderTest tested) {
        this.tested = tested;
        this.node = tested.node();
        this.cni = tested.cni();
        this.kubernetes = tested.kubernetes();
    }

    @Test
    void registersTheNode() {
        assertThat(node.vsctl("get", "open", ".", "external_ids"))
                .contains(
                        "system-id=it",
                        "ovn-encap-ip=\"10.99.0.11\"",
                        "ovn-encap-type=geneve",
                        "ovn-bridge-datapath-type=netdev",
                        "ovn-monitor-all=\"true\"");
        assertThat(node.vsctl("get", "bridge", "br-int", "fail_mode", "datapath_type").lines())
                .containsExactly("secure", "netdev");
        assertThat(node.sb("get", "chassis", "it", "hostname")).isEqualTo("it");
        tested.eventually(
                "the Node tells its chassis",
                () ->
                        "it"
                                .equals(
                                        kubernetes
                                                .nodes()
                                                .withName("it")
                                                .get()
                                                .getMetadata()
                                                .getAnnotations()
                                                .get("ovn.kubernetes.io/chassis")));
        assertThat(node.inside("ip", "-4", "route"))
                .contains("10.16.0.0/16 via 100.64.0.1 dev ovn0 proto 87 src 100.64.0.2");
        assertThat(node.inside("ip", "-6", "route"))
                .contains(
                        "fd00:10:16::/112 via fd00:100:64::1 dev ovn0 proto 87 src fd00:100:64::2");
        assertThat(node.inside("ip", "link", "show", "ovn0"))
                .contains("mtu 1500", NodeUnderTest.MAC);
        tested.eventually(
                "the node reaches the router", () -> tested.pings(node.ns(), "100.64.0.1"));
    }

    @Test
    void mendsWhatOthersChange() {
        TestPod pod = tested.readyPod();
        cni.add(pod.container()).result();
        node.inside("ip", "addr", "flush", "dev", "ovn0", "scope", "global");
        node.vsctl("del-port", "br-int", pod.hostLink());
        node.vsctl("remove", "open", ".", "external_ids", "ovn-encap-type");

        tested.eventually(
                "ovn0 has its addresses and routes",
                () ->
                        node.inside("ip", "addr", "show", "ovn0").contains("100.64.0.2/16")
                                && node.inside("ip", "addr", "show", "ovn0")
                                        .contains("fd00:100:64::2/112")
                                && node.inside("ip", "route")
                                        .contains("10.16.0.0/16 via 100.64.0.1")
                                && node.inside("ip", "-6", "route")
                                        .contains("fd00:10:16::/112 via fd00:100:64::1"));
        tested.eventually("the pod's port is back", () -> tested.hasPort(pod));
        tested.eventually(
                "the setting is back",
                () ->
                        node.vsctl("get", "open", ".", "external_ids")
                                .contains("ovn-encap-type=geneve"));
        tested.eventually(
                "the pod talks again", () -> tested.pings(pod.container().ns(), "10.16.0.1"));
    }

    @Test
    void followsSubnetsThatComeAndGo() {
        tested.subnet("second", "10.17.0.0/16");
        tested.eventually(
                "there is a route",
                () -> node.inside("ip", "route").contains("10.17.0.0/16 via 100.64.0.1 dev ovn0"));

        kubernetes.resources(Subnet.class).withName("second").delete();

        tested.eventually(
                "the route is gone", () -> !node.inside("ip", "route").contains("10.17.0.0/16"));
        assertThat(node.inside("ip", "route")).contains("10.16.0.0/16 via 100.64.0.1 dev ovn0");
    }

    @Test
    void adoptsWhatIsThereWhenItStartsAgainAndRemovesTheDead() throws Exception {
        TestPod living = tested.readyPod();
        TestPod dying = tested.readyPod();
        cni.add(living.container()).result();
        cni.add(dying.container()).result();
        String before =
                node.vsctl(
                        "get", "interface", living.hostLink(), "_uuid", "ofport", "external_ids");
        var ping =
                new ProcessBuilder(
                                "nsenter",
                                "--net=" + living.container().ns(),
                                "ping",
                                "-O",
                                "-i",
                                "0.05",
                                "-c",
                                "60",
                                "100.64.0.2")
                        .redirectErrorStream(true)
                        .start();
        tested.stopAgent();
        dying.container().ns().delete();
        tested.startAgent();
        tested.eventually("the node is ready again", () -> cni.status().isSuccess());
        tested.eventually("the dead container's port is gone", () -> !tested.hasPort(dying));

        assertThat(
                        node.vsctl(
                                "get",
                                "interface",
                                living.hostLink(),
                                "_uuid",
                                "ofport",
                                "external_ids"))
                .isEqualTo(before);
        assertThat(new String(ping.getInputStream().readAllBytes())).contains(" 0% packet loss");
        assertThat(cni.add(living.container()).isSuccess()).isTrue();
    }

    /** DEL answers before the kernel is done, and a daemon can end in between. */
    @Test
    void deletesTheLinksThatADaemonBeforeDidNotGetTo() throws Exception {
        TestPod living = tested.readyPod();
        cni.add(living.container()).result();
        tested.stopAgent();
        String weft = Integer.toString(0x77656674);
        node.inside(
                "ip", "link", "add", "left_h", "group", weft, "type", "veth", "peer", "name", "p1");
        node.inside("ip", "link", "add", "other_h", "type", "veth", "peer", "name", "p2");

        tested.startAgent();

        tested.eventually(
                "the link that was left is gone",
                () -> !node.inside("ip", "-br", "link").contains("left_h"));
        assertThat(node.inside("ip", "-br", "link")).contains("other_h");
        assertThat(tested.hasLink(living)).isTrue();
        node.inside("ip", "link", "del", "other_h");
        tested.eventually("the node is ready again", () -> cni.status().isSuccess());
    }

    @Test
    void livesThroughARestartOfTheNodesDatabaseAndOfVswitchd() {
        TestPod pod = tested.readyPod();
        cni.add(pod.container()).result();
        tested.eventually(
                "the pod reaches the node", () -> tested.pings(pod.container().ns(), "100.64.0.2"));
        TestPod later = tested.readyPod();
        node.stop("ovsdb-server");
        try {
            tested.eventually("STATUS says so", () -> !cni.status().isSuccess());
            assertThat(cni.status().error().code()).isEqualTo(50);
            assertThat(cni.add(later.container(), 2).error().code()).isEqualTo(11);
            // whether packets flow meanwhile is up to OVS: the userspace datapath stands still
            // without its database
        } finally {
            node.startDatabase();
        }
        tested.eventually("the node is ready again", () -> cni.status().isSuccess());
        cni.add(later.container()).result();

        node.stop("ovs-vswitchd");
        node.startVswitchd();
        tested.eventually(
                "pods talk again",
                () ->
                        tested.pings(pod.container().ns(), later.v4())
                                && tested.pings(pod.container().ns(), "100.64.0.2"));
        assertThat(node.inside("ip", "route")).contains("10.16.0.0/16 via 100.64.0.1 dev ovn0");
    }
}
