package dev.weft.cni;

import dev.weft.cni.json.JsonValue;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.Quoted;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network's configuration, as a runtime pipes it to the plugin: one plugin of a list, with what
 * the runtime adds.
 *
 * @param type the plugin's file name; {@code weft}, {@code kube-ovn} or whatever name it is linked
 *     as
 * @param serverSocket where the node daemon listens; {@link #DEFAULT_SOCKET} when the configuration
 *     does not say
 * @param provider {@code <attachment definition>.<namespace>.ovn} of a secondary network; null for
 *     the primary one
 * @param timeout how long the binary waits for the daemon; null for its default
 * @param ipam kept, but Weft leases addresses itself: a foreign {@code ipam.type} is refused
 * @param runtimeConfig capabilities that the runtime filled in (portMappings, bandwidth, …)
 * @param prevResult what the plugins before us (ADD) or all of the list (DEL, CHECK) made
 * @param validAttachments GC: what must be kept; null when the configuration has no such list
 * @param others every other member, as it came
 */
public record NetConf(
        CniVersion version,
        String name,
        String type,
        String serverSocket,
        @Nullable String provider,
        @Nullable Duration timeout,
        @Nullable JsonObject ipam,
        CniDns dns,
        @Nullable JsonObject runtimeConfig,
        @Nullable CniResult prevResult,
        @Nullable List<CniAttachment> validAttachments,
        Map<String, JsonValue> others) {

    /** Where the node daemon listens unless told otherwise. */
    public static final String DEFAULT_SOCKET = "/run/weft/cni.sock";

    static final String VALID_ATTACHMENTS = "cni.dev/valid-attachments";

    /**
     * The name that libcni gave the list before the specification was final; it still sends both.
     */
    private static final String ATTACHMENTS_BEFORE_1_1 = "cni.dev/attachments";

    private static final Set<String> OUR_TYPES = Set.of("weft", "kube-ovn");
    private static final Set<String> KNOWN =
            Set.of(
                    "cniVersion",
                    "name",
                    "type",
                    "server_socket",
                    "provider",
                    "timeout_seconds",
                    "ipam",
                    "dns",
                    "runtimeConfig",
                    "prevResult",
                    VALID_ATTACHMENTS,
                    ATTACHMENTS_BEFORE_1_1);

    public NetConf {
        CniNames.checkNetworkName(name);
        CniNames.checkSocketPath("server_socket", serverSocket);
        validAttachments = validAttachments == null ? null : List.copyOf(validAttachments);
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        checkIpam(type, ipam);
    }

    /** Reads a configuration; errors name the field. */
    public static NetConf read(byte[] utf8) {
        return parse(Fields.read(utf8, "the network configuration"));
    }

    /** Reads a configuration; errors name the field. */
    public static NetConf parse(Fields fields) {
        var version = version(fields);
        var prevResult = fields.object("prevResult");
        var ipam = fields.object("ipam");
        var runtimeConfig = fields.object("runtimeConfig");
        var socket = fields.text("server_socket");
        var timeout = fields.integer("timeout_seconds", 1, 3600);
        var others = new LinkedHashMap<>(fields.json().members());
        others.keySet().removeAll(KNOWN);
        return new NetConf(
                version,
                fields.requiredText("name"),
                fields.requiredText("type"),
                socket == null || socket.isEmpty() ? DEFAULT_SOCKET : socket,
                fields.text("provider"),
                timeout == null ? null : Duration.ofSeconds(timeout),
                ipam == null ? null : ipam.json(),
                CniDns.parse(fields.object("dns")),
                runtimeConfig == null ? null : runtimeConfig.json(),
                prevResult == null ? null : CniResult.parse(prevResult),
                attachments(fields),
                others);
    }

    /**
     * The version of a configuration, also of one that is otherwise wrong: errors are written in
     * it.
     */
    public static CniVersion version(Fields fields) {
        var text = fields.text("cniVersion");
        // The specification before 0.3: no version means 0.1.0.
        return CniVersion.parse(text == null || text.isEmpty() ? "0.1.0" : text);
    }

    /** The configuration again, other members included. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("cniVersion", version.text())
                .put("name", name)
                .put("type", type)
                .put("server_socket", serverSocket)
                .put("provider", provider)
                .put("timeout_seconds", timeout == null ? null : timeout.toSeconds())
                .put("ipam", ipam)
                .put("dns", dns.toJson())
                .put("runtimeConfig", runtimeConfig)
                .put("prevResult", prevResult == null ? null : prevResult.toJson(version))
                .put(
                        VALID_ATTACHMENTS,
                        validAttachments == null
                                ? null
                                : new JsonValue.JsonArray(
                                        validAttachments.stream()
                                                .<JsonValue>map(CniAttachment::toJson)
                                                .toList()))
                .putAll(others)
                .build();
    }

    private static @Nullable List<CniAttachment> attachments(Fields fields) {
        for (var name : List.of(VALID_ATTACHMENTS, ATTACHMENTS_BEFORE_1_1)) {
            if (fields.json().get(name) != null) {
                return fields.objects(name).stream().map(CniAttachment::parse).toList();
            }
        }
        return null;
    }

    private static void checkIpam(String type, @Nullable JsonObject ipam) {
        var ipamType = ipam == null ? null : Fields.of(ipam).text("type");
        if (ipamType == null || ipamType.isEmpty()) {
            return;
        }
        if (!OUR_TYPES.contains(ipamType)) {
            throw unsupportedIpam(ipamType, "Weft leases addresses itself, remove ipam");
        }
        if (!OUR_TYPES.contains(type)) {
            throw unsupportedIpam(
                    ipamType, "Weft does not lease addresses for plugins of type " + type);
        }
    }

    private static CniException unsupportedIpam(String ipamType, String reason) {
        return new CniException(
                CniErrorCode.UNSUPPORTED_FIELD,
                "unsupported field ipam.type",
                "ipam.type is " + Quoted.of(ipamType) + ": " + reason);
    }
}
