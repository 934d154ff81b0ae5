package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime asks for, whole: this is what the binary posts to the daemon. Both sides build it
 * through the same checks, so the daemon need not trust the binary. Errors name the variable or
 * field as the runtime knows it.
 *
 * @param netns path of the container's network namespace; null in a DEL after the namespace is
 *     gone, and in GC and STATUS
 * @param path {@code CNI_PATH}, where other plugins are found
 */
public record CniRequest(
        CniCommand command,
        @Nullable String containerId,
        @Nullable String netns,
        @Nullable String ifName,
        CniArgs args,
        @Nullable String path,
        NetConf config) {

    public CniRequest {
        checkVersion(command, config.version());
        checkPresent(command, containerId, netns, ifName);
        if (containerId != null && !CniNames.isContainerId(containerId)) {
            throw CniNames.invalidVariable(
                    CniEnvironment.CONTAINER_ID, containerId, CniNames.containerIdRule());
        }
        if (netns != null && !CniNames.isNetns(netns)) {
            throw CniNames.invalidVariable(
                    CniEnvironment.NETNS, netns, "the absolute path of a network namespace");
        }
        if (ifName != null && !CniNames.isInterfaceName(ifName)) {
            throw CniNames.invalidVariable(
                    CniEnvironment.IFNAME, ifName, CniNames.interfaceNameRule());
        }
        checkConfig(command, config);
    }

    /** The interface that ADD, DEL and CHECK are about. */
    public CniAttachment attachment() {
        if (containerId == null || ifName == null) {
            throw new IllegalStateException(command + " is not about an attachment");
        }
        return new CniAttachment(containerId, ifName);
    }

    /** Where the container's network namespace is, for commands that have one. */
    public String requiredNetns() {
        if (netns == null) {
            throw CniEnvironment.missing(CniEnvironment.NETNS);
        }
        return netns;
    }

    /** Reads what {@link #toJson()} wrote, with all checks. */
    public static CniRequest read(byte[] utf8) {
        var fields = Fields.read(utf8, "the request");
        return new CniRequest(
                CniCommand.parse(fields.requiredText("command")),
                fields.text("containerID"),
                fields.text("netns"),
                fields.text("ifName"),
                CniArgs.parse(fields.object("args")),
                fields.text("path"),
                NetConf.parse(fields.requiredObject("config")));
    }

    /** For the wire between binary and daemon. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("command", command.name())
                .put("containerID", containerId)
                .put("netns", netns)
                .put("ifName", ifName)
                .put("args", args.toJson())
                .put("path", path)
                .put("config", config.toJson())
                .build();
    }

    private static void checkVersion(CniCommand command, CniVersion version) {
        if (!version.atLeast(command.since())) {
            throw new CniException(
                    CniErrorCode.INCOMPATIBLE_VERSION,
                    "CNI version has no " + command,
                    "cniVersion is "
                            + version.text()
                            + ", "
                            + command
                            + " is there from "
                            + command.since().text()
                            + " on");
        }
    }

    private static void checkPresent(
            CniCommand command,
            @Nullable String containerId,
            @Nullable String netns,
            @Nullable String ifName) {
        var missing = new ArrayList<>(command.requiredVariables());
        if (containerId != null) {
            missing.remove(CniEnvironment.CONTAINER_ID);
        }
        if (netns != null) {
            missing.remove(CniEnvironment.NETNS);
        }
        if (ifName != null) {
            missing.remove(CniEnvironment.IFNAME);
        }
        if (!missing.isEmpty()) {
            throw CniEnvironment.missing(String.join(", ", missing));
        }
    }

    private static void checkConfig(CniCommand command, NetConf config) {
        if (command == CniCommand.CHECK && config.prevResult() == null) {
            throw new CniException(
                    CniErrorCode.INVALID_NETWORK_CONFIG,
                    "missing field prevResult",
                    "CHECK needs prevResult, the result of the ADD that it checks");
        }
        // Taking an absent list as an empty one would tear down every container of the node.
        if (command == CniCommand.GC && config.validAttachments() == null) {
            throw new CniException(
                    CniErrorCode.INVALID_NETWORK_CONFIG,
                    "missing field " + NetConf.VALID_ATTACHMENTS,
                    "GC needs " + NetConf.VALID_ATTACHMENTS + ", the list of attachments to keep");
        }
    }
}
