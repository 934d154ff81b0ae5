package dev.weft.lab.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;

/** What the fabric8 dispatcher does not know of the Kubernetes API and the lab depends on. */
final class EmbeddedDispatcher extends KubernetesCrudDispatcher {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Honours {@code preconditions.uid} of a deletion, whose body it would not read. */
    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (request.getMethod().equals("DELETE")) {
            String wanted = uid(request.getUtf8Body(), "/preconditions/uid");
            MockResponse found = handleGet(request.getPath());
            if (!wanted.isEmpty()
                    && found.code() == HttpURLConnection.HTTP_OK
                    && !wanted.equals(uid(found.getBody().readUtf8(), "/metadata/uid"))) {
                return new MockResponse().setResponseCode(HttpURLConnection.HTTP_CONFLICT);
            }
        }
        return super.dispatch(request);
    }

    /**
     * The field selector {@code spec.nodeName} is answered with the pods of all nodes; node daemons
     * leave out those of others.
     */
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

    private static String uid(String body, String pointer) {
        try {
            return JSON.readTree(body).at(pointer).asText();
        } catch (JsonProcessingException _) {
            return "";
        }
    }
}
