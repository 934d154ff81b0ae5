package dev.weft.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane needs to know of a NetworkAttachmentDefinition of Multus.
 *
 * @param provider the provider whose subnet the addresses come from; null when they are not ours
 * @param ours whether OVN forwards for it; otherwise only addresses are managed
 */
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AttachmentView(
        String namespace, String name, @Nullable String provider, boolean ours) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES = List.of("kube-ovn", "weft");

    /** The view of a definition; one whose configuration cannot be read is not ours. */
    public static AttachmentView of(GenericKubernetesResource object) {
        var meta = object.getMetadata();
        var config = object.<Object>get("spec", "config");
        return of(meta.getNamespace(), meta.getName(), config instanceof String text ? text : "");
    }

    /** The view of a definition with that CNI configuration. */
    public static AttachmentView of(String namespace, String name, String config) {
        try {
            var json = JSON.readTree(config);
            for (var plugin :
                    json.has("plugins") ? json.get("plugins") : JSON.createArrayNode().add(json)) {
                var provider = provider(plugin);
                if (provider != null) {
                    return new AttachmentView(namespace, name, provider, isOurs(plugin));
                }
            }
        } catch (JsonProcessingException _) {
            // not ours
        }
        return new AttachmentView(namespace, name, null, false);
    }

    private static @Nullable String provider(JsonNode plugin) {
        var from = isOurs(plugin) ? plugin : plugin.path("ipam");
        if (!isOurs(from)) {
            return null;
        }
        var provider = from.path("provider").asText("");
        return provider.isEmpty() ? null : provider;
    }

    private static boolean isOurs(JsonNode plugin) {
        return TYPES.contains(plugin.path("type").asText(""));
    }

    /** {@code <namespace>/<name>}, the key in feeds. */
    public String key() {
        return namespace + "/" + name;
    }
}
