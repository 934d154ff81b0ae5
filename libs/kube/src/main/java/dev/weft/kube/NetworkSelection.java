package dev.weft.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the networks that a pod has besides its primary one, as {@code
 * k8s.v1.cni.cncf.io/networks} selects it.
 *
 * @param namespace of the NetworkAttachmentDefinition
 * @param name of the NetworkAttachmentDefinition
 * @param interfaceName the name asked for, null for the next {@code net<n>}
 * @param addresses addresses asked for
 * @param mac a MAC asked for
 */
public record NetworkSelection(
        String namespace,
        String name,
        @Nullable String interfaceName,
        @Nullable DualStack<IpAddress> addresses,
        @Nullable MacAddress mac) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 64;
    private static final String ALLOWED =
            "networks as [namespace/]name[@interface] separated by commas, or a JSON list such as"
                    + " [{\"name\":\"net\",\"namespace\":\"shop\"}]";

    /** {@code <namespace>/<name>} of the definition. */
    public String key() {
        return namespace + "/" + name;
    }

    /** The networks that a pod of that namespace selects, in their order. */
    public static Parsed<List<NetworkSelection>> parse(
            Map<String, String> annotations, String namespace) {
        var text = annotations.getOrDefault(Annotations.MULTUS_NETWORKS, "").strip();
        if (text.isEmpty()) {
            return new Parsed.Valid<>(List.of());
        }
        try {
            var all = text.startsWith("[") ? json(text, namespace) : words(text, namespace);
            if (all.size() > MOST) {
                throw new IllegalArgumentException("too many");
            }
            return new Parsed.Valid<>(all);
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return new Parsed.Refused<>(
                    List.of(new AnnotationError(Annotations.MULTUS_NETWORKS, text, ALLOWED)));
        }
    }

    private static List<NetworkSelection> words(String text, String namespace) {
        var all = new ArrayList<NetworkSelection>();
        for (var word : text.split(",")) {
            var rest = word.strip();
            var at = rest.indexOf('@');
            var device = at < 0 ? null : device(rest.substring(at + 1));
            rest = at < 0 ? rest : rest.substring(0, at);
            var slash = rest.indexOf('/');
            all.add(
                    new NetworkSelection(
                            slash < 0 ? namespace : AnnotationReader.name(rest.substring(0, slash)),
                            AnnotationReader.name(rest.substring(slash + 1)),
                            device,
                            null,
                            null));
        }
        return all;
    }

    private static List<NetworkSelection> json(String text, String namespace)
            throws JsonProcessingException {
        var all = new ArrayList<NetworkSelection>();
        for (var item : JSON.readTree(text)) {
            all.add(
                    new NetworkSelection(
                            AnnotationReader.name(item.path("namespace").asText(namespace)),
                            AnnotationReader.name(item.path("name").asText("")),
                            item.hasNonNull("interface")
                                    ? device(item.get("interface").asText())
                                    : null,
                            addresses(item.path("ips")),
                            item.hasNonNull("mac")
                                    ? MacAddress.parse(item.get("mac").asText())
                                    : null));
        }
        return all;
    }

    private static @Nullable DualStack<IpAddress> addresses(JsonNode ips) {
        var all = new ArrayList<IpAddress>();
        for (var ip : ips) {
            // a prefix length may follow
            all.add(IpAddress.parse(ip.asText().replaceFirst("/[0-9]{1,3}$", "")));
        }
        return all.isEmpty() ? null : DualStack.of(all, IpAddress::family);
    }

    private static String device(String text) {
        if (!text.matches("[A-Za-z0-9_.-]{1,15}")) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }
}
