package dev.weft.cni.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.CniVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A wrong call, the code it must get, and what the error must name.
 *
 * @param code of the specification
 * @param named a part of the error's text
 */
record WrongCall(Call call, int code, String named) {

    /** Hundreds of them, none of which may reach the daemon. */
    static List<WrongCall> all(FakeDaemon daemon) {
        var wrong = new ArrayList<WrongCall>();
        cutConfigurations(daemon, wrong);
        wrongEnvironments(daemon, wrong);
        wrongConfigurations(daemon, wrong);
        wrongTexts(daemon, wrong);
        return wrong;
    }

    /** That the plugin answered as it must. */
    void assertRefused(Outcome outcome) {
        var error = outcome.error();
        assertThat(outcome.exitCode()).as("%s", this).isEqualTo(1);
        assertThat(outcome.stderr()).as("%s", this).isEmpty();
        assertThat(error.code()).as("%s gave %s", this, error).isEqualTo(code);
        assertThat(error.msg()).as("%s", this).isNotBlank();
        assertThat(error.msg() + " " + error.details()).as("%s", this).contains(named);
        assertThat(CniVersion.texts()).as("%s", this).contains(error.cniVersion());
        assertThat(outcome.stdout()).as("%s", this).hasSizeLessThan(1000).endsWith("}\n");
    }

    private static Call add(FakeDaemon daemon) {
        return Call.of("ADD", "1.1.0", daemon.socket());
    }

    private static void cutConfigurations(FakeDaemon daemon, List<WrongCall> wrong) {
        var whole =
                add(daemon)
                        .withConfig(
                                "\"prevResult\":{\"ips\":[{\"address\":\"10.0.0.1/8\"}]},\"dns\":{\"search\":[\"a\"]}");
        for (int length = 0; length < whole.stdin().length(); length++) {
            wrong.add(
                    new WrongCall(
                            whole.withStdin(whole.stdin().substring(0, length)),
                            6,
                            "network configuration on stdin is not JSON"));
        }
    }

    private static void wrongEnvironments(FakeDaemon daemon, List<WrongCall> wrong) {
        var add = add(daemon);
        for (var variable : List.of("CNI_COMMAND", "CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME")) {
            wrong.add(new WrongCall(add.without(variable), 4, variable));
            wrong.add(new WrongCall(add.with(variable, ""), 4, variable));
        }
        for (var variable : List.of("CNI_CONTAINERID", "CNI_IFNAME")) {
            wrong.add(new WrongCall(add.with("CNI_COMMAND", "DEL").without(variable), 4, variable));
        }
        for (var command : List.of("add", "ADD ", "UPDATE", "ADD\nDEL", "x".repeat(10_000))) {
            wrong.add(new WrongCall(add.with("CNI_COMMAND", command), 4, "CNI_COMMAND"));
        }
        for (var id :
                List.of(
                        "-a",
                        ".",
                        "a/b",
                        "a b",
                        "../../etc/passwd",
                        "x".repeat(300),
                        "ü",
                        "a;rm -rf",
                        "$(reboot)")) {
            wrong.add(new WrongCall(add.with("CNI_CONTAINERID", id), 4, "CNI_CONTAINERID"));
        }
        for (var name :
                List.of(".", "..", "a/b", "eth0:1", "eth 0", "sixteencharacter", "eth\t0", "ë")) {
            wrong.add(new WrongCall(add.with("CNI_IFNAME", name), 4, "CNI_IFNAME"));
        }
        for (var path : List.of("netns", "../netns", "/a\nb", "/" + "x".repeat(5000))) {
            wrong.add(new WrongCall(add.with("CNI_NETNS", path), 4, "CNI_NETNS"));
        }
        for (var args :
                List.of(
                        "K8S_POD_NAME",
                        "=",
                        ";;",
                        "A=1;A=1",
                        "A=\u0001",
                        "x".repeat(20_000) + "=1")) {
            wrong.add(new WrongCall(add.with("CNI_ARGS", args), 4, "CNI_ARGS"));
        }
    }

    private static void wrongConfigurations(FakeDaemon daemon, List<WrongCall> wrong) {
        var add = add(daemon);
        for (var version :
                List.of(
                        "", "0.1.0", "0.2.0", "0.3.0", "1.2.0", "2.0.0", "latest", "1.1.0 ",
                        "v1.1.0")) {
            wrong.add(new WrongCall(Call.of("ADD", version, daemon.socket()), 1, "cniVersion"));
        }
        wrong.add(new WrongCall(Call.of("CHECK", "0.3.1", daemon.socket()), 1, "CHECK"));
        for (var version : List.of("0.3.1", "0.4.0", "1.0.0")) {
            wrong.add(new WrongCall(Call.of("GC", version, daemon.socket()), 1, "GC"));
            wrong.add(new WrongCall(Call.of("STATUS", version, daemon.socket()), 1, "STATUS"));
        }
        wrong.add(new WrongCall(Call.of("CHECK", "1.1.0", daemon.socket()), 7, "prevResult"));
        wrong.add(
                new WrongCall(
                        Call.of("GC", "1.1.0", daemon.socket()), 7, "cni.dev/valid-attachments"));
        wrong.add(new WrongCall(add.withStdin("{\"cniVersion\":\"1.0.0\"}"), 7, "name"));
        wrong.add(
                new WrongCall(
                        add.withStdin(
                                "{\"cniVersion\":\"1.0.0\",\"name\":\"a/b\",\"type\":\"weft\"}"),
                        7,
                        "name"));
        wrong.add(
                new WrongCall(
                        add.withStdin("{\"cniVersion\":\"1.0.0\",\"name\":\"weft\"}"), 7, "type"));
        wrong.add(
                new WrongCall(
                        add.withStdin("{\"cniVersion\":[],\"name\":\"weft\"}"), 6, "cniVersion"));
        wrong.add(new WrongCall(add.withConfig("\"name\":\"again\""), 6, "'name' appears twice"));
        wrong.add(
                new WrongCall(
                        add.withConfig("\"ipam\":{\"type\":\"dhcp\"}"), 2, "ipam.type is 'dhcp'"));
        wrong.add(new WrongCall(add.withConfig("\"timeout_seconds\":-1"), 7, "timeout_seconds"));
        wrong.add(new WrongCall(add.withConfig("\"timeout_seconds\":1e99"), 7, "timeout_seconds"));
        for (var member : List.of("ipam", "dns", "runtimeConfig", "prevResult")) {
            for (var value : List.of("1", "\"x\"", "true", "[]")) {
                wrong.add(
                        new WrongCall(
                                add.withConfig("\"" + member + "\":" + value),
                                6,
                                member + " must be an object"));
            }
        }
        for (var value : List.of("1", "{}", "[1]", "[null]")) {
            wrong.add(
                    new WrongCall(
                            add.withConfig("\"prevResult\":{\"ips\":" + value + "}"),
                            6,
                            "prevResult.ips"));
            wrong.add(
                    new WrongCall(
                            add.withConfig("\"prevResult\":{\"interfaces\":" + value + "}"),
                            6,
                            "prevResult.interfaces"));
            wrong.add(
                    new WrongCall(
                            add.withConfig("\"dns\":{\"nameservers\":" + value + "}"),
                            6,
                            "dns.nameservers"));
        }
    }

    private static void wrongTexts(FakeDaemon daemon, List<WrongCall> wrong) {
        var add = add(daemon);
        for (var text : List.of("null", "[]", "\"x\"", "0", "true")) {
            wrong.add(new WrongCall(add.withStdin(text), 6, "not a JSON object"));
        }
        for (var text :
                List.of(
                        "\u0000",
                        "{}{}",
                        "\uFEFF{}",
                        "{'a':1}",
                        "[".repeat(500_000),
                        "{\"a\":".repeat(100_000),
                        "x".repeat(2 << 20),
                        " ".repeat(2 << 20))) {
            wrong.add(new WrongCall(add.withStdin(text), 6, "not JSON"));
        }
        wrong.add(
                new WrongCall(
                        add.withStdin(
                                new String(
                                        new byte[] {'{', '"', (byte) 0xff, '"'},
                                        StandardCharsets.ISO_8859_1)),
                        6,
                        "not JSON"));
    }
}
