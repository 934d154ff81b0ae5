package dev.weft.lab.kube;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;

/** The process of the embedded Kubernetes API. Arguments: port, the kubeconfig to write. */
public final class EmbeddedServerMain {
    private EmbeddedServerMain() {}

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        KubernetesMockServer server =
                new KubernetesMockServer(
                        new Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new AllNodesDispatcher(),
                        false);
        Kubeconfig.writePlain(Path.of(arguments[1]), port);
        server.init(InetAddress.getByName("127.0.0.1"), port);
        Thread.currentThread().join();
    }

    /**
     * Answers the field selector {@code spec.nodeName}, which the dispatcher does not know, with
     * the pods of all nodes; node daemons leave out those of others.
     */
    private static final class AllNodesDispatcher extends KubernetesCrudDispatcher {
        @Override
        public MockResponse handleGet(String path) {
            return super.handleGet(withoutNode(path));
        }

        @Override
        public MockResponse handleWatch(String path) {
            return super.handleWatch(withoutNode(path));
        }

        private static String withoutNode(String path) {
            return path.replaceAll("fieldSelector=spec\\.nodeName[^&]*&?", "");
        }
    }
}
