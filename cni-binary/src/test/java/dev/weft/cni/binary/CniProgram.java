package dev.weft.cni.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.CniAttachment;
import dev.weft.cni.CniPod;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Fields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the program does as a process of its own, called as a runtime calls it, against a fake
 * daemon; the jar on a JVM and the native executable alike.
 */
@Timeout(120)
abstract class CniProgram {

    static final String RESULT =
            """
            {"cniVersion":"1.1.0",
             "interfaces":[{"name":"0123456789ab_h","mac":"0a:00:00:00:00:02","mtu":1400},
                           {"name":"eth0","mac":"0a:00:00:00:00:01","sandbox":"/var/run/netns/cni-1","mtu":1400}],
             "ips":[{"address":"10.16.0.5/16","gateway":"10.16.0.1","interface":1},
                    {"address":"fd00:10:16::5/112","gateway":"fd00:10:16::1","interface":1}],
             "routes":[{"dst":"0.0.0.0/0","gw":"10.16.0.1","mtu":1300},{"dst":"::/0","gw":"fd00:10:16::1"}]}""";

    @TempDir Path directory;

    FakeDaemon daemon;

    /** The command that runs the program. */
    abstract List<String> command();

    @BeforeEach
    void start() throws IOException {
        daemon = new FakeDaemon(directory);
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @ParameterizedTest
    @EnumSource
    void addsInTheVersionOfTheConfiguration(CniVersion version) {
        daemon.answers(200, RESULT);

        var outcome = Call.of("ADD", version.text(), daemon.socket()).by(command());

        assertThat(outcome.exitCode()).as("%s", outcome).isZero();
        assertThat(outcome.stderr()).isEmpty();
        assertResultFollowsTheSpecification(outcome.json(), version);
        var received = daemon.received().getFirst();
        assertThat(received.requestLine()).isEqualTo("POST /v1/add HTTP/1.1");
        assertThat(received.request().attachment())
                .isEqualTo(new CniAttachment("0123456789abcdef", "eth0"));
        assertThat(received.request().netns()).isEqualTo("/var/run/netns/cni-1");
        assertThat(received.request().args().pod())
                .contains(new CniPod("shop", "web-0", "u-1", "0123456789abcdef"));
        assertThat(received.request().config().version()).isEqualTo(version);
    }

    /**
     * Field by field: what section 5 of the specification requires, allows and does not yet know.
     */
    private static void assertResultFollowsTheSpecification(Fields result, CniVersion version) {
        boolean newest = version == CniVersion.V1_1_0;
        boolean beforeOne = !version.atLeast(CniVersion.V1_0_0);
        assertThat(result.json().members())
                .containsOnlyKeys("cniVersion", "interfaces", "ips", "routes");
        assertThat(result.text("cniVersion")).isEqualTo(version.text());

        var host = result.objects("interfaces").get(0);
        assertThat(host.text("name")).isEqualTo("0123456789ab_h");
        assertThat(host.text("sandbox")).isNull();
        var inside = result.objects("interfaces").get(1);
        assertThat(inside.text("name")).isEqualTo("eth0");
        assertThat(inside.text("mac")).isEqualTo("0a:00:00:00:00:01");
        assertThat(inside.text("sandbox")).isEqualTo("/var/run/netns/cni-1");
        assertThat(inside.integer("mtu", 0, 9000)).isEqualTo(newest ? 1400L : null);

        var ips = result.objects("ips");
        assertThat(ips)
                .extracting(ip -> ip.text("version"))
                .containsExactly(beforeOne ? "4" : null, beforeOne ? "6" : null);
        assertThat(ips)
                .extracting(ip -> ip.text("address"))
                .containsExactly("10.16.0.5/16", "fd00:10:16::5/112");
        assertThat(ips)
                .extracting(ip -> ip.text("gateway"))
                .containsExactly("10.16.0.1", "fd00:10:16::1");
        assertThat(ips).extracting(ip -> ip.integer("interface", 0, 1)).containsExactly(1L, 1L);

        var routes = result.objects("routes");
        assertThat(routes).extracting(r -> r.text("dst")).containsExactly("0.0.0.0/0", "::/0");
        assertThat(routes)
                .extracting(r -> r.text("gw"))
                .containsExactly("10.16.0.1", "fd00:10:16::1");
        assertThat(routes.getFirst().integer("mtu", 0, 9000)).isEqualTo(newest ? 1300L : null);
    }

    @ParameterizedTest
    @EnumSource
    void deletesInEveryVersionWithAndWithoutANamespace(CniVersion version) {
        daemon.answers(200, "{}");
        var outcome =
                Call.of("DEL", version.text(), daemon.socket()).without("CNI_NETNS").by(command());
        assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
        assertThat(daemon.received().getFirst().requestLine()).isEqualTo("POST /v1/del HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4.0", "1.0.0", "1.1.0"})
    void checksWithThePreviousResult(String version) {
        daemon.answers(200, "{}");
        var family = version.startsWith("0") ? "\"version\":\"4\"," : "";
        var outcome =
                Call.of("CHECK", version, daemon.socket())
                        .withConfig(
                                "\"prevResult\":{\"cniVersion\":\""
                                        + version
                                        + "\",\"ips\":[{"
                                        + family
                                        + "\"address\":\"10.16.0.5/16\"}]}")
                        .by(command());
        assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
        var previous = daemon.received().getFirst().request().config().prevResult();
        assertThat(previous).isNotNull();
        assertThat(previous.ips()).extracting(ip -> ip.address()).containsExactly("10.16.0.5/16");
    }

    @Test
    void collectsGarbageAndTellsItsStatus() {
        daemon.answers(200, "{}");
        assertThat(
                        Call.of("GC", "1.1.0", daemon.socket())
                                .without("CNI_CONTAINERID")
                                .without("CNI_NETNS")
                                .without("CNI_IFNAME")
                                .withConfig(
                                        "\"cni.dev/valid-attachments\":[{\"containerID\":\"c1\",\"ifname\":\"eth0\"}]")
                                .by(command()))
                .isEqualTo(new Outcome(0, "", ""));
        assertThat(Call.of("STATUS", "1.1.0", daemon.socket()).by(command()))
                .isEqualTo(new Outcome(0, "", ""));
        assertThat(daemon.received())
                .extracting(FakeDaemon.Received::requestLine)
                .containsExactly("POST /v1/gc HTTP/1.1", "POST /v1/status HTTP/1.1");
        assertThat(daemon.received().getFirst().request().config().validAttachments())
                .isEqualTo(List.of(new CniAttachment("c1", "eth0")));
    }

    @Test
    void answersWithTheWholeChainBehindAnotherPlugin() {
        daemon.answers(200, RESULT);
        var outcome =
                Call.of("ADD", "1.0.0", daemon.socket())
                        .withConfig(
                                "\"prevResult\":{\"cniVersion\":\"1.0.0\",\"interfaces\":[{\"name\":\"net1\",\"sandbox\":\"/var/run/netns/cni-1\"}],"
                                        + "\"ips\":[{\"address\":\"192.0.2.2/24\",\"interface\":0}],\"dns\":{\"nameservers\":[\"192.0.2.53\"]}}")
                        .by(command());
        assertThat(outcome.json().objects("interfaces"))
                .extracting(i -> i.text("name"))
                .containsExactly("net1", "0123456789ab_h", "eth0");
        assertThat(outcome.json().objects("ips"))
                .extracting(i -> i.integer("interface", 0, 9))
                .containsExactly(0L, 2L, 2L);
        assertThat(outcome.json().requiredObject("dns").texts("nameservers"))
                .containsExactly("192.0.2.53");
    }

    @Test
    void writesErrorsToStdoutAndEndsNonZero() throws IOException {
        var missing = new Call(Map.of("CNI_COMMAND", "ADD"), "").by(command());
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.error().code()).isEqualTo(6);

        var cut = Call.of("ADD", "1.0.0", daemon.socket());
        assertThat(cut.withStdin(cut.stdin().substring(0, 40)).by(command()).error().code())
                .isEqualTo(6);
        assertThat(cut.without("CNI_IFNAME").by(command()).error().code()).isEqualTo(4);

        daemon.close();
        var away = Call.of("DEL", "0.3.1", daemon.socket()).by(command());
        assertThat(away.exitCode()).isEqualTo(1);
        assertThat(away.stderr()).isEmpty();
        assertThat(away.error().code()).isEqualTo(11);
        assertThat(away.error().cniVersion()).isEqualTo("0.3.1");
    }

    @Test
    void endsWithinItsTimeWhenTheDaemonIsStuck() {
        daemon.isStuck();
        var outcome =
                Call.of("ADD", "1.1.0", daemon.socket())
                        .withConfig("\"timeout_seconds\":1")
                        .by(command());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.error().code()).isEqualTo(11);
    }

    @Test
    void tellsItsVersionsWithoutStdinAndDaemon() throws IOException {
        daemon.close();
        var outcome = new Call(Map.of("CNI_COMMAND", "VERSION"), "").by(command());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.json().texts("supportedVersions"))
                .containsExactly("0.3.1", "0.4.0", "1.0.0", "1.1.0");
    }

    /**
     * A pod's life as containerd drives it through libcni: its own environment beside CNI's
     * variables, members of the configuration sorted, what is asked with what was answered before.
     */
    @ParameterizedTest
    @EnumSource
    void answersWhatContainerdAsksFromVersionToDel(CniVersion version) {
        var runtime = new Containerd(version, daemon.socket());
        boolean checks = version.atLeast(CniVersion.V0_4_0);
        boolean collects = version.atLeast(CniVersion.V1_1_0);

        var versions = runtime.version().by(command());
        assertThat(versions.exitCode()).isZero();
        assertThat(versions.json().json().members())
                .containsOnlyKeys("cniVersion", "supportedVersions");
        assertThat(versions.json().text("cniVersion")).isEqualTo(version.text());
        assertThat(versions.json().texts("supportedVersions")).contains(version.text());
        assertThat(daemon.received()).isEmpty();

        daemon.answers(200, RESULT);
        var added = runtime.add().by(command());
        assertThat(added.exitCode()).as("%s", added).isZero();
        assertResultFollowsTheSpecification(added.json(), version);

        daemon.answers(200, "{}");
        var nothing = new Outcome(0, "", "");
        if (checks) {
            assertThat(runtime.check(added.stdout()).by(command())).isEqualTo(nothing);
        }
        if (collects) {
            assertThat(runtime.status().by(command())).isEqualTo(nothing);
            assertThat(runtime.gc().by(command())).isEqualTo(nothing);
        }
        // from 0.4.0 on with what ADD answered; and again, since runtimes repeat what they missed
        var del = runtime.del(checks ? added.stdout() : null);
        assertThat(del.by(command())).isEqualTo(nothing);
        assertThat(del.with("CNI_NETNS", "").by(command())).isEqualTo(nothing);

        assertThat(daemon.received())
                .extracting(received -> received.request().command())
                .containsExactlyElementsOf(runtime.commands(checks, collects));
        assertThat(daemon.received())
                .extracting(received -> received.request().config().version())
                .containsOnly(version);
    }

    /** Field by field: what the specification requires of an error. */
    @ParameterizedTest
    @EnumSource
    void tellsErrorsInTheVersionOfTheConfiguration(CniVersion version) {
        daemon.answers(
                503, "{\"cniVersion\":\"1.1.0\",\"code\":11,\"msg\":\"later\",\"details\":\"x\"}");
        var outcome = new Containerd(version, daemon.socket()).add().by(command());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.json().json().members())
                .containsOnlyKeys("cniVersion", "code", "msg", "details");
        assertThat(outcome.json().text("cniVersion")).isEqualTo(version.text());
        assertThat(outcome.json().requiredInteger("code", 11, 11)).isEqualTo(11);
        assertThat(outcome.json().text("msg")).isEqualTo("later");
        assertThat(outcome.json().text("details")).isEqualTo("x");
    }
}
