package dev.weft.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What benchmarks want to know of a pod's event.
 *
 * @param added whether it is the pod's first event
 * @param allocated whether the pod is annotated with its addresses
 */
record PodEvent(String name, boolean added, boolean allocated) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param line one event of a watch as the API server writes it
     * @throws IllegalArgumentException when it is none of a pod, such as the end of the watch
     */
    static PodEvent of(String line) {
        JsonNode event = read(line);
        JsonNode metadata = event.path("object").path("metadata");
        if (!metadata.hasNonNull("name")) {
            throw new IllegalArgumentException("not a pod's event: " + line);
        }
        return new PodEvent(
                metadata.get("name").asText(),
                "ADDED".equals(event.path("type").asText()),
                "true"
                        .equals(
                                metadata.path("annotations")
                                        .path("ovn.kubernetes.io/allocated")
                                        .asText()));
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a pod's event: " + line, e);
        }
    }
}
