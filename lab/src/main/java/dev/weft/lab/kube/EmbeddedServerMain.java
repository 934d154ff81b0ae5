package dev.weft.lab.kube;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;

/** The process of the embedded Kubernetes API. Arguments: port, the kubeconfig to write. */
public final class EmbeddedServerMain {
    private EmbeddedServerMain() {}

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Kubeconfig.writePlain(Path.of(arguments[1]), port);
        start(port);
        Thread.currentThread().join();
    }

    /** Serves on loopback; port 0 takes a free one. */
    public static KubernetesMockServer start(int port) throws IOException {
        KubernetesMockServer server =
                new KubernetesMockServer(
                        new Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new EmbeddedDispatcher(),
                        false);
        server.init(InetAddress.getByName("127.0.0.1"), port);
        return server;
    }
}
