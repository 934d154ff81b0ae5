package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.LabLayout.Port;
import dev.weft.lab.host.Http;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.kube.Manifests;
import java.nio.file.Path;
import java.util.Map;

/** One of our control services, as the build left it, on loopback. */
public final class Service {
    private final LabLayout layout;
    private final String name;
    private final Path module;
    private final Port port;
    private final Map<String, String> environment;
    private final LabProcess process;

    /**
     * @param name its name in the lab, as in {@code relay}
     * @param module the folder of its module
     * @param environment its configuration
     */
    public Service(
            LabLayout layout,
            String name,
            Path module,
            Port port,
            Map<String, String> environment) {
        this.layout = layout;
        this.name = name;
        this.module = module;
        this.port = port;
        this.environment = Map.copyOf(environment);
        this.process = new LabProcess(layout.dir(), name, this::launch);
    }

    /** The service's process. */
    public LabProcess process() {
        return process;
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + layout.port(port);
    }

    private Launch launch() {
        return Program.quarkus(layout, name, name, layout.log(name), module, "192m")
                .with(environment)
                .with(
                        Map.of(
                                "QUARKUS_HTTP_HOST",
                                "127.0.0.1",
                                "QUARKUS_HTTP_PORT",
                                Integer.toString(layout.port(port)),
                                "WEFT_INSTANCE",
                                name,
                                "KUBECONFIG",
                                layout.kubeconfig(name).toString(),
                                "WEFT_NAMESPACE",
                                Manifests.NAMESPACE))
                .readyWhen(() -> Http.ok(url() + "/q/health/ready"));
    }
}
