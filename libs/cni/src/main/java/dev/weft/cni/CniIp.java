package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An address of an interface. Addresses stay text here: whoever does address maths uses {@code
 * libs/net}.
 *
 * @param address with prefix length, {@code 10.16.0.5/16}
 * @param gateway the subnet's gateway
 * @param interfaceIndex place of the interface in the result's list
 */
public record CniIp(String address, @Nullable String gateway, @Nullable Long interfaceIndex) {

    static CniIp parse(Fields fields) {
        var ip =
                new CniIp(
                        fields.requiredText("address"),
                        fields.text("gateway"),
                        fields.integer("interface", 0, Integer.MAX_VALUE));
        if (ip.address.indexOf('/') <= 0) {
            throw CniNames.invalidField(
                    fields.path("address"), ip.address, "an address with its prefix length");
        }
        var version = fields.text("version");
        if (version != null && !version.equals(ip.family())) {
            throw CniNames.invalidField(
                    fields.path("version"), version, ip.family() + " as the address says");
        }
        return ip;
    }

    /** {@code "4"} or {@code "6"}: only an IPv6 address has a colon in it. */
    private String family() {
        return address.indexOf(':') >= 0 ? "6" : "4";
    }

    JsonObject toJson(CniVersion version) {
        var json = JsonObject.builder();
        if (!version.atLeast(CniVersion.V1_0_0)) {
            json.put("version", family());
        }
        return json.put("address", address)
                .put("gateway", gateway)
                .put("interface", interfaceIndex)
                .build();
    }

    CniIp onInterface(@Nullable Long index) {
        return new CniIp(address, gateway, index);
    }
}
