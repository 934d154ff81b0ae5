package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;

/** One interface of one container: with the network's name the key of everything that a plugin keeps. */
public record CniAttachment(String containerId, String ifName) {

    public CniAttachment {
        CniNames.checkContainerId(containerId);
        CniNames.checkInterfaceName(ifName);
    }

    static CniAttachment parse(Fields fields) {
        return new CniAttachment(fields.requiredText("containerID"), fields.requiredText("ifname"));
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("containerID", containerId)
                .put("ifname", ifName)
                .build();
    }
}
