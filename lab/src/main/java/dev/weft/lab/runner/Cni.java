package dev.weft.lab.runner;

import dev.weft.lab.LabLayout;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls the CNI plugin as a container runtime does: environment and configuration in, result or
 * error object out.
 */
public final class Cni {
    private static final String CONFIG =
            """
            {"cniVersion":"1.0.0","name":"weft","type":"weft","server_socket":"%s"}""";

    private final LabLayout layout;
    private final CniExecutable plugin;

    public Cni(LabLayout layout, CniExecutable plugin) {
        this.layout = layout;
        this.plugin = plugin;
    }

    /** ADD; fails with the plugin's message. */
    CniResult add(Sandbox sandbox) throws IOException, CniFailure {
        return CniResult.parse(call("ADD", sandbox));
    }

    /** DEL; fails with the plugin's message. */
    void delete(Sandbox sandbox) throws IOException, CniFailure {
        call("DEL", sandbox);
    }

    private String call(String command, Sandbox sandbox) throws IOException, CniFailure {
        CniExecutable.Answer answer =
                plugin.run(
                        environment(command, sandbox),
                        CONFIG.formatted(layout.cniSocket(sandbox.node())));
        if (answer.exit() != 0) {
            throw new CniFailure(command + ": " + answer.stdout().strip());
        }
        return answer.stdout();
    }

    private Map<String, String> environment(String command, Sandbox sandbox) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CNI_COMMAND", command);
        environment.put("CNI_CONTAINERID", sandbox.containerId());
        environment.put("CNI_IFNAME", "eth0");
        environment.put("CNI_PATH", "/opt/cni/bin");
        environment.put("CNI_NETNS", sandbox.netns(layout).path().toString());
        environment.put(
                "CNI_ARGS",
                "IgnoreUnknown=1;K8S_POD_NAMESPACE=%s;K8S_POD_NAME=%s;K8S_POD_INFRA_CONTAINER_ID=%s;K8S_POD_UID=%s"
                        .formatted(
                                sandbox.namespace(),
                                sandbox.name(),
                                sandbox.containerId(),
                                sandbox.uid()));
        return environment;
    }

    /** The plugin answered with an error; the message is its error object. */
    static final class CniFailure extends Exception {
        private static final long serialVersionUID = 1L;

        CniFailure(String message) {
            super(message);
        }
    }
}
