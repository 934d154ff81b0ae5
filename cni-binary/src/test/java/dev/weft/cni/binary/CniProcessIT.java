package dev.weft.cni.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar on a JVM. */
class CniProcessIT extends CniProgram {

    @Override
    List<String> command() {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("weft.cni.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"weft", "kube-ovn"})
    void worksByALinkOfAnyName(String name) throws IOException {
        daemon.answers(200, RESULT);
        var link =
                Files.createSymbolicLink(
                        directory.resolve(name), Path.of("bin/weft").toAbsolutePath());
        var call = Call.of("ADD", "1.0.0", daemon.socket());
        var variables = new HashMap<>(call.environment());
        variables.put("PATH", "/usr/bin:/bin");
        variables.put("WEFT_JAVA", System.getProperty("java.home") + "/bin/java");
        var stdin = call.stdin().replace("\"type\":\"weft\"", "\"type\":\"" + name + "\"");

        var outcome =
                Outcome.run(
                        List.of(link.toString()),
                        variables,
                        stdin.getBytes(StandardCharsets.UTF_8));

        assertThat(outcome.exitCode()).as("%s", outcome).isZero();
        assertThat(outcome.json().objects("ips")).hasSize(2);
        assertThat(daemon.received().getFirst().request().config().type()).isEqualTo(name);
    }
}
