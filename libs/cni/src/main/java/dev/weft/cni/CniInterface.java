package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An interface that ADD made.
 *
 * @param mac address in lower-case hex with colons
 * @param sandbox path of the namespace that the interface is in; null for one on the host
 * @param mtu bytes; 1.1.0
 * @param socketPath path of a socket that stands for the interface (vhost-user); 1.1.0
 * @param pciId address of the device behind the interface; 1.1.0
 */
public record CniInterface(
        String name,
        @Nullable String mac,
        @Nullable String sandbox,
        @Nullable Long mtu,
        @Nullable String socketPath,
        @Nullable String pciId) {

    /** An interface as every version knows it, with its MTU for those that show it. */
    public static CniInterface of(String name, String mac, @Nullable String sandbox, long mtu) {
        return new CniInterface(name, mac, sandbox, mtu, null, null);
    }

    static CniInterface parse(Fields fields) {
        var sandbox = fields.text("sandbox");
        return new CniInterface(
                fields.requiredText("name"),
                fields.text("mac"),
                sandbox == null || sandbox.isEmpty() ? null : sandbox,
                fields.integer("mtu", 0, Integer.MAX_VALUE),
                fields.text("socketPath"),
                fields.text("pciID"));
    }

    JsonObject toJson(CniVersion version) {
        var json = JsonObject.builder().put("name", name).put("mac", mac).put("sandbox", sandbox);
        if (version.atLeast(CniVersion.V1_1_0)) {
            json.put("mtu", mtu).put("socketPath", socketPath).put("pciID", pciId);
        }
        return json.build();
    }

    boolean isSameAs(CniInterface other) {
        return name.equals(other.name) && Objects.equals(sandbox, other.sandbox);
    }
}
