package dev.weft.node;

import dev.weft.cni.json.JsonReader;
import dev.weft.netlink.NetNs;
import dev.weft.node.cni.CniParts;
import dev.weft.node.cni.Fabric;
import dev.weft.node.host.HostNetwork;
import dev.weft.node.host.HostSettings;
import dev.weft.node.http.UnixHttpServer;
import dev.weft.node.kube.KubeWatch;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.node.ovs.PodRows;
import dev.weft.node.pod.PodKernel;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon put together. It starts at once, whether or not API server and OVS are there: what
 * needs them says so (CNI error 11, STATUS 50) until they are. Stopping it changes nothing on the
 * node.
 */
public final class NodeAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
    private static final Duration REQUEST_TIME = Duration.ofSeconds(10);

    private final NodeConfig config;
    private final Vertx vertx;
    private final NetNs hostNs;
    private final HostSettings settings;
    private final KubeWatch kube;
    private final PodKernel podKernel;
    private final Fabric fabric;
    private final CniParts cni;
    private final UnixHttpServer server;
    private volatile @Nullable NodeOvs ovs;
    private volatile @Nullable HostNetwork host;
    private volatile boolean closed;

    /**
     * Starts the daemon; fails when the configuration is wrong or the CNI socket cannot be made.
     */
    public NodeAgent(
            NodeConfig config, KubernetesClient kubernetes, Vertx vertx, MeterRegistry metrics)
            throws IOException {
        this.config = config;
        this.vertx = vertx;
        this.hostNs = config.netns().map(path -> NetNs.at(Path.of(path))).orElseGet(NetNs::own);
        this.settings = new HostSettings(config);
        this.kube = new KubeWatch(kubernetes, config.name(), this::nodeOrSubnetChanged);
        this.podKernel = new PodKernel(hostNs);
        this.fabric = new Fabric(kube);
        this.cni =
                CniParts.of(fabric, podKernel, hostNs, settings.checksumsInPods(), config, metrics);
        this.server =
                UnixHttpServer.start(
                        Path.of(config.cniSocket()),
                        cni.service(),
                        new UnixHttpServer.Limits(
                                JsonReader.MAX_BYTES, config.maxRequests(), REQUEST_TIME));
    }

    /** Begins to watch and to keep the node's network. */
    public void start() {
        kube.start();
        cni.start();
        NodeOvs.open(vertx, config.ovs())
                .onSuccess(
                        opened -> Thread.ofVirtual().name("node-start").start(() -> take(opened)))
                .onFailure(
                        e ->
                                LOG.error(
                                        "OVS at {} cannot be used: {}",
                                        config.ovs(),
                                        e.getMessage()));
    }

    /** Why pods cannot be plugged now; empty when they can. */
    public Optional<String> notReady() {
        return fabric.why().map(Throwable::getMessage);
    }

    /**
     * Adopts what earlier daemons made, takes dead containers' ports away, then keeps the node's
     * own network.
     */
    private void take(NodeOvs opened) {
        if (closed) {
            opened.close();
            return;
        }
        ovs = opened;
        opened.plugged().forEach(row -> PodRows.found(row).ifPresent(opened::adopt));
        opened.start();
        try {
            cni.removeDead(opened);
        } catch (RuntimeException e) {
            LOG.warn("ports of dead containers could not all be removed: {}", e.toString());
        }
        var network = new HostNetwork(settings, hostNs, kube, opened);
        host = network;
        fabric.ready(opened, network);
        network.start();
        opened.onConnection(_ -> network.trigger());
        LOG.info(
                "node {}: {} pods plugged, CNI at {}",
                config.name(),
                opened.plugged().size(),
                config.cniSocket());
    }

    private void nodeOrSubnetChanged() {
        HostNetwork network = host;
        if (network != null) {
            network.trigger();
        }
    }

    @Override
    public void close() {
        closed = true;
        server.close();
        HostNetwork network = host;
        if (network != null) {
            network.close();
        }
        kube.close();
        NodeOvs opened = ovs;
        if (opened != null) {
            opened.close();
        }
        cni.close();
        podKernel.close();
    }
}
