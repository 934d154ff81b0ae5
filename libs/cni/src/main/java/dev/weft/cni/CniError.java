package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The error object of the specification. {@code code} is a number and not a {@link CniErrorCode},
 * since a daemon that is newer than the binary may have codes of its own.
 *
 * @param cniVersion the configuration's version, or the latest when that is not known
 * @param msg short, the same for every error of a kind
 * @param details long: which field, which value, what to do
 */
public record CniError(String cniVersion, int code, String msg, @Nullable String details) {

    /** Reads an error object; {@link CniErrorCode#DECODING_FAILURE} when it is none. */
    public static CniError parse(Fields fields) {
        var version = fields.text("cniVersion");
        return new CniError(
                version == null ? CniVersion.LATEST.text() : version,
                Math.toIntExact(fields.requiredInteger("code", 0, Integer.MAX_VALUE)),
                fields.requiredText("msg"),
                fields.text("details"));
    }

    /** As the specification writes it. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("cniVersion", cniVersion)
                .put("code", (long) code)
                .put("msg", msg)
                .put("details", details)
                .build();
    }
}
