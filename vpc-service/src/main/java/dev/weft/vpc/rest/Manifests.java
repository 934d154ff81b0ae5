package dev.weft.vpc.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weft.bus.Json;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.Vpc;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads one manifest of a stranger, in YAML or JSON, into the kinds that can be planned. */
final class Manifests {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private Manifests() {}

    /**
     * @throws VpcException.NotAManifest saying which field is wrong and what is allowed
     */
    static HasMetadata read(String manifest) {
        try {
            var tree = YAML.readTree(manifest);
            var kind = tree.path("kind").asText();
            var object =
                    switch (kind) {
                        case "Subnet" -> convert(tree, Subnet.class);
                        case "Vpc" -> convert(tree, Vpc.class);
                        default ->
                                throw new VpcException.NotAManifest(
                                        "kind \"%s\": must be Subnet or Vpc".formatted(kind));
                    };
            var name = Objects.requireNonNullElse(object.getMetadata().getName(), "");
            if (!NAME.matcher(name).matches()) {
                throw new VpcException.NotAManifest(
                        "metadata.name \"%s\": must be a lower-case DNS name".formatted(name));
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new VpcException.NotAManifest(
                    Objects.requireNonNullElse(e.getOriginalMessage(), "unreadable"));
        }
    }

    private static HasMetadata convert(JsonNode tree, Class<? extends HasMetadata> kind)
            throws JsonProcessingException {
        return Json.mapper().treeToValue(tree, kind);
    }
}
