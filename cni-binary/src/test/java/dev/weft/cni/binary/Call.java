package dev.weft.cni.binary;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call as kubelet's runtime makes it, to be varied. */
record Call(Map<String, String> environment, String stdin) {

    static Call of(String command, String version, Path socket) {
        var environment =
                Map.of(
                        "CNI_COMMAND", command,
                        "CNI_CONTAINERID", "0123456789abcdef",
                        "CNI_NETNS", "/var/run/netns/cni-1",
                        "CNI_IFNAME", "eth0",
                        "CNI_ARGS",
                                "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=0123456789abcdef;K8S_POD_UID=u-1",
                        "CNI_PATH", "/opt/cni/bin");
        return new Call(
                environment,
                "{\"cniVersion\":\""
                        + version
                        + "\",\"name\":\"weft\",\"type\":\"weft\",\"server_socket\":\""
                        + socket
                        + "\"}");
    }

    Call with(String variable, String value) {
        var changed = new LinkedHashMap<>(environment);
        changed.put(variable, value);
        return new Call(changed, stdin);
    }

    Call without(String variable) {
        var changed = new LinkedHashMap<>(environment);
        changed.remove(variable);
        return new Call(changed, stdin);
    }

    /** Adds members to the configuration. */
    Call withConfig(String members) {
        return withStdin(stdin.substring(0, stdin.length() - 1) + "," + members + "}");
    }

    Call withStdin(String changed) {
        return new Call(environment, changed);
    }

    Outcome inProcess() {
        return Outcome.inProcess(environment, stdin.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a program. */
    Outcome by(List<String> command) {
        return Outcome.run(command, environment, stdin.getBytes(StandardCharsets.UTF_8));
    }
}
