package dev.weft.cni;

import dev.weft.cni.json.JsonValue;
import dev.weft.cni.json.JsonValue.JsonObject;
import dev.weft.cni.json.JsonValue.JsonString;
import dev.weft.cni.json.Quoted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of {@code CNI_ARGS}: {@code IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0}.
 * Unknown keys are kept.
 */
public record CniArgs(Map<String, String> values) {

    /** No arguments. */
    public static final CniArgs NONE = new CniArgs(Map.of());

    private static final int MAX_LENGTH = 16 * 1024;

    public CniArgs {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        values.forEach(
                (key, value) -> {
                    boolean allowed =
                            !key.isEmpty()
                                    && key.chars()
                                            .noneMatch(
                                                    c ->
                                                            c <= ' '
                                                                    || c == ';'
                                                                    || c == '='
                                                                    || Character.isISOControl(c))
                                    && value.chars()
                                            .noneMatch(c -> c == ';' || Character.isISOControl(c));
                    if (!allowed) {
                        throw invalid(key + "=" + value, "KEY=VALUE without control characters");
                    }
                });
    }

    /**
     * Reads the variable; {@link CniErrorCode#INVALID_ENVIRONMENT} when it is not pairs with
     * different keys.
     */
    public static CniArgs parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(text, "at most " + MAX_LENGTH + " characters");
        }
        var values = new LinkedHashMap<String, String>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf(';', start);
            var pair = text.substring(start, end < 0 ? text.length() : end);
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw invalid(pair, "pairs KEY=VALUE with ';' between them");
            }
            if (values.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw invalid(pair, "each key once");
            }
            start = end < 0 ? text.length() : end + 1;
        }
        return new CniArgs(values);
    }

    /** The pod that the runtime says the container belongs to; empty when it names none. */
    public Optional<CniPod> pod() {
        var namespace = values.get("K8S_POD_NAMESPACE");
        var name = values.get("K8S_POD_NAME");
        if (namespace == null && name == null) {
            return Optional.empty();
        }
        if (namespace == null || !CniNames.isDnsName(namespace, 63, false)) {
            throw invalid("K8S_POD_NAMESPACE=" + namespace, "the name of a Kubernetes namespace");
        }
        if (name == null || !CniNames.isDnsName(name, 253, true)) {
            throw invalid("K8S_POD_NAME=" + name, "the name of a Kubernetes pod");
        }
        return Optional.of(
                new CniPod(
                        namespace,
                        name,
                        values.get("K8S_POD_UID"),
                        values.get("K8S_POD_INFRA_CONTAINER_ID")));
    }

    JsonObject toJson() {
        var members = new LinkedHashMap<String, JsonValue>();
        values.forEach((key, value) -> members.put(key, new JsonString(value)));
        return new JsonObject(members);
    }

    static CniArgs parse(@Nullable Fields fields) {
        if (fields == null) {
            return NONE;
        }
        var values = new LinkedHashMap<String, String>();
        for (var key : fields.json().members().keySet()) {
            var value = fields.text(key);
            values.put(key, value == null ? "" : value);
        }
        return new CniArgs(values);
    }

    private static CniException invalid(String pair, String allowed) {
        return new CniException(
                CniErrorCode.INVALID_ENVIRONMENT,
                "invalid CNI_ARGS",
                "CNI_ARGS has " + Quoted.of(pair) + ", allowed is " + allowed);
    }
}
