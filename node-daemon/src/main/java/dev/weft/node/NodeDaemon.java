package dev.weft.node;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts the agent with the application and stops it with it. */
@ApplicationScoped
public class NodeDaemon {
    private final NodeConfig config;
    private final KubernetesClient kubernetes;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private @Nullable NodeAgent agent;

    NodeDaemon(NodeConfig config, KubernetesClient kubernetes, Vertx vertx, MeterRegistry metrics) {
        this.config = config;
        this.kubernetes = kubernetes;
        this.vertx = vertx;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) throws IOException {
        var started = new NodeAgent(config, kubernetes, vertx, metrics);
        agent = started;
        started.start();
    }

    void stop(@Observes ShutdownEvent event) {
        if (agent != null) {
            agent.close();
        }
    }

    /** Why pods cannot be plugged now; empty when they can. */
    public Optional<String> notReady() {
        return agent == null ? Optional.of("starting") : agent.notReady();
    }
}
