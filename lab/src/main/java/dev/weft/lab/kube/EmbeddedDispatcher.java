package dev.weft.lab.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
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

    /**
     * A merge patch as RFC 7386 has it: an array takes the place of the former, null removes. The
     * dispatcher would append to the array, so that a status's conditions double with every write.
     */
    @Override
    public JsonNode merge(JsonNode current, String patch) throws KubernetesCrudDispatcherException {
        return merged(current, asNode(patch));
    }

    private static JsonNode merged(JsonNode current, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result =
                current instanceof ObjectNode object ? object.deepCopy() : JSON.createObjectNode();
        for (var change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(
                        change.getKey(), merged(result.path(change.getKey()), change.getValue()));
            }
        }
        return result;
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
