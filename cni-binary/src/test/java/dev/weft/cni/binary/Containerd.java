package dev.weft.cni.binary;

import dev.weft.cni.CniCommand;
import dev.weft.cni.CniVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls as containerd makes them through libcni, for one pod. */
final class Containerd {

    private static final String ID =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private final CniVersion version;
    private final Path socket;

    Containerd(CniVersion version, Path socket) {
        this.version = version;
        this.socket = socket;
    }

    /** libcni asks with values that no plugin looks at. */
    Call version() {
        var environment = environment("VERSION", "", "dummy", "dummy", "");
        return new Call(environment, "{\"cniVersion\":\"" + version.text() + "\"}");
    }

    Call add() {
        return aboutThePod("ADD", Map.of());
    }

    Call check(String result) {
        return aboutThePod("CHECK", Map.of("prevResult", result.strip()));
    }

    Call del(@Nullable String result) {
        return aboutThePod("DEL", result == null ? Map.of() : Map.of("prevResult", result.strip()));
    }

    Call status() {
        return new Call(environment("STATUS", "", "", "", ""), config(Map.of()));
    }

    /** The list stands there under its name before 1.1.0, too. */
    Call gc() {
        var valid = "[{\"containerID\":\"" + ID + "\",\"ifname\":\"eth0\"}]";
        return new Call(
                environment("GC", "", "", "", ""),
                config(Map.of("cni.dev/valid-attachments", valid, "cni.dev/attachments", valid)));
    }

    /** What the daemon sees of a pod's life. */
    List<CniCommand> commands(boolean checks, boolean collects) {
        var commands = new ArrayList<CniCommand>();
        commands.add(CniCommand.ADD);
        if (checks) {
            commands.add(CniCommand.CHECK);
        }
        if (collects) {
            commands.addAll(List.of(CniCommand.STATUS, CniCommand.GC));
        }
        commands.addAll(List.of(CniCommand.DEL, CniCommand.DEL));
        return commands;
    }

    private Call aboutThePod(String command, Map<String, String> more) {
        var args =
                "K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID="
                        + ID
                        + ";K8S_POD_UID=u-1;IgnoreUnknown=1";
        return new Call(
                environment(command, ID, "/var/run/netns/cni-1", "eth0", args), config(more));
    }

    /** libcni writes the configuration through a map, so its members come sorted. */
    private String config(Map<String, String> more) {
        var members = new TreeMap<>(more);
        members.put("cniVersion", quoted(version.text()));
        members.put("name", quoted("weft"));
        members.put("type", quoted("weft"));
        members.put("server_socket", quoted(socket.toString()));
        members.put("runtimeConfig", "{\"portMappings\":[]}");
        members.put("capabilities", "{\"portMappings\":true}");
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** CNI's variables, and those that the runtime has itself. */
    private static Map<String, String> environment(
            String command, String containerId, String netns, String ifName, String args) {
        var all = new LinkedHashMap<String, String>();
        all.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        all.put("LANG", "C.UTF-8");
        all.put("NOTIFY_SOCKET", "/run/systemd/notify");
        all.put("CNI_COMMAND", command);
        all.put("CNI_CONTAINERID", containerId);
        all.put("CNI_NETNS", netns);
        all.put("CNI_ARGS", args);
        all.put("CNI_IFNAME", ifName);
        all.put("CNI_PATH", "/opt/cni/bin");
        return all;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
