package dev.weft.node;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.weft.lab.kube.EmbeddedServerMain;
import dev.weft.netlink.NetNs;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The application as Quarkus starts it, on a machine whose OVS does not run. */
@QuarkusTest
@WithTestResource(NodeDaemonTest.Surroundings.class)
class NodeDaemonTest {
    private static @Nullable Path folder;

    /** An embedded API server, and a folder for the socket. */
    public static final class Surroundings implements QuarkusTestResourceLifecycleManager {
        private @Nullable KubernetesMockServer api;

        @Override
        public Map<String, String> start() {
            try {
                api = EmbeddedServerMain.start(0);
                folder = Files.createTempDirectory("node-daemon-");
                return Map.of(
                        "quarkus.kubernetes-client.api-server-url",
                        api.url("/"),
                        "quarkus.http.test-port",
                        "0",
                        "weft.node.name",
                        "n1",
                        "weft.node.ovs",
                        "unix:" + folder.resolve("nobody.sock"),
                        "weft.node.cni-socket",
                        folder.resolve("cni.sock").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            if (api != null) {
                api.destroy();
            }
        }
    }

    private static CniClient cni() {
        assertThat(folder).isNotNull();
        return new CniClient(folder.resolve("cni.sock"));
    }

    @Test
    void saysOverCniAndHealthThatOvsIsNotThere() {
        assertThat(cni().status().error())
                .satisfies(
                        error -> {
                            assertThat(error.code()).isEqualTo(50);
                            assertThat(error.details()).contains("OVS database does not answer");
                        });
        get("/q/health/ready")
                .then()
                .statusCode(503)
                .body(containsString("OVS database does not answer"));
        get("/q/health/live").then().statusCode(200);
    }

    @Test
    void tellsAddAndDelToTryAgain() {
        var container =
                new CniClient.Container("c1", NetNs.named("node-nowhere"), "shop", "web-0", null);

        assertThat(cni().del(container).error().code()).isEqualTo(11);
        assertThat(cni().add(container).error().code()).isEqualTo(4);
    }

    @Test
    void answersHostileRequestsWithAnErrorThatNamesTheField() {
        assertThat(cni().post("add", "{").error().msg()).contains("not JSON");
        assertThat(
                        cni().post("add", "{\"command\": \"ADD\", \"containerID\": \"../x\"}")
                                .error()
                                .code())
                .isNotEqualTo(100);
        assertThat(
                        cni().post(
                                        "del",
                                        "{\"command\": \"STATUS\", \"config\": {\"cniVersion\": \"1.1.0\", \"name\": \"weft\", \"type\": \"weft\"}}")
                                .error()
                                .details())
                .contains("not where STATUS is served");
        assertThat(cni().post("nothing", "{}").error().details()).contains("command");
    }

    @Test
    void countsCommandsAndTheirTime() {
        cni().status();

        get("/q/metrics")
                .then()
                .statusCode(200)
                .body(
                        containsString(
                                "weft_cni_seconds_count{command=\"status\",outcome=\"error-50\""));
    }
}
