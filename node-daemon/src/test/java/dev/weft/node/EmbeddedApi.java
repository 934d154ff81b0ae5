package dev.weft.node;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import java.util.HashMap;

/**
 * fabric8's embedded API server, taught to answer the field selector that it does not know with all
 * objects.
 */
final class EmbeddedApi implements AutoCloseable {
    private final KubernetesMockServer server;
    private final KubernetesClient client;

    EmbeddedApi() {
        server =
                new KubernetesMockServer(
                        new Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new KubernetesCrudDispatcher() {
                            @Override
                            public MockResponse handleGet(String path) {
                                return super.handleGet(withoutNode(path));
                            }

                            @Override
                            public MockResponse handleWatch(String path) {
                                return super.handleWatch(withoutNode(path));
                            }
                        },
                        false);
        server.init();
        client = server.createClient();
    }

    private static String withoutNode(String path) {
        return path.replaceAll("fieldSelector=spec\\.nodeName[^&]*&?", "");
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
