package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;

/**
 * One interface of one container: with the network's name the key of everything that a plugin
 * keeps.
 */
public record CniAttachment(String containerId, String ifName) {

    static CniAttachment parse(Fields fields) {
        var containerId = fields.requiredText("containerID");
        if (!CniNames.isContainerId(containerId)) {
            throw CniNames.invalidField(
                    fields.path("containerID"), containerId, CniNames.containerIdRule());
        }
        var ifName = fields.requiredText("ifname");
        if (!CniNames.isInterfaceName(ifName)) {
            throw CniNames.invalidField(
                    fields.path("ifname"), ifName, CniNames.interfaceNameRule());
        }
        return new CniAttachment(containerId, ifName);
    }

    JsonObject toJson() {
        return JsonObject.builder().put("containerID", containerId).put("ifname", ifName).build();
    }
}
