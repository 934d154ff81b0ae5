package dev.weft.ipam.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weft.bus.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few ways in which this service writes to Kubernetes. */
final class KubeApi {

    private static final Logger LOG = LoggerFactory.getLogger(KubeApi.class);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private KubeApi() {}

    /** What became of a write. */
    enum Written {
        DONE,
        /** There is no such object (any more). */
        GONE,
        /**
         * It is not the object, or not the version of it, that the write was meant for; or it is
         * there already.
         */
        CONFLICT
    }

    /**
     * A JSON merge patch in one request. The object is given rather than a resource by name, since
     * for the latter the client reads the object first.
     *
     * @param named has the kind, the name and the namespace of the object
     */
    static Written patch(KubernetesClient client, HasMetadata named, Map<String, ?> patch) {
        return attempt(() -> client.resource(named).patch(MERGE, json(patch)));
    }

    /** A JSON merge patch of an object's status, see {@link #patch}. */
    static Written patchStatus(KubernetesClient client, HasMetadata named, Map<String, ?> patch) {
        return attempt(
                () -> client.resource(named).subresource("status").patch(MERGE, json(patch)));
    }

    static Written create(Resource<? extends HasMetadata> object) {
        return attempt(object::create);
    }

    static Written delete(Resource<? extends HasMetadata> object) {
        return attempt(object::delete);
    }

    private static Written attempt(Runnable write) {
        try {
            write.run();
            return Written.DONE;
        } catch (KubernetesClientException e) {
            LOG.debug("not written: {}", e.getMessage());
            if (e.getCode() == 404) {
                return Written.GONE;
            }
            // another UID than the patch says: the API server finds metadata.uid immutable
            if (e.getCode() == 409
                    || e.getCode() == 422
                            && String.valueOf(e.getMessage()).contains("metadata.uid")) {
                return Written.CONFLICT;
            }
            throw e;
        }
    }

    private static String json(Map<String, ?> patch) {
        try {
            return Json.mapper().writeValueAsString(patch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
