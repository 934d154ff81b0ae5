package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A route in the container's namespace. All but the first two are of 1.1.0.
 *
 * @param dst CIDR
 * @param gw next hop; the subnet's gateway when null
 * @param mtu bytes along the route
 * @param advmss maximum segment size to advertise
 * @param priority metric, lower is better
 * @param table routing table
 * @param scope as in rtnetlink: 0 universe, 253 link, 254 host
 */
public record CniRoute(
        String dst,
        @Nullable String gw,
        @Nullable Long mtu,
        @Nullable Long advmss,
        @Nullable Long priority,
        @Nullable Long table,
        @Nullable Long scope) {

    private static final long MAX_U32 = 0xffff_ffffL;

    /** A route as every version knows it. */
    public static CniRoute of(String dst, @Nullable String gw) {
        return new CniRoute(dst, gw, null, null, null, null, null);
    }

    static CniRoute parse(Fields fields) {
        return new CniRoute(
                fields.requiredText("dst"),
                fields.text("gw"),
                fields.integer("mtu", 0, MAX_U32),
                fields.integer("advmss", 0, MAX_U32),
                fields.integer("priority", 0, MAX_U32),
                fields.integer("table", 0, MAX_U32),
                fields.integer("scope", 0, 255));
    }

    JsonObject toJson(CniVersion version) {
        var json = JsonObject.builder().put("dst", dst).put("gw", gw);
        if (version.atLeast(CniVersion.V1_1_0)) {
            json.put("mtu", mtu)
                    .put("advmss", advmss)
                    .put("priority", priority)
                    .put("table", table)
                    .put("scope", scope);
        }
        return json.build();
    }
}
