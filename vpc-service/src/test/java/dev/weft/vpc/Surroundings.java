package dev.weft.vpc;

import com.sun.net.httpserver.HttpServer;
import dev.weft.bus.Feeds;
import dev.weft.ovsdb.testing.OvsdbServer;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is around the service: a real northbound database, the embedded Kubernetes API, and feeds
 * whose messages come over in-memory channels and whose snapshots come over HTTP.
 */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    private final Map<String, Feed> feeds =
            Stream.of(Feeds.VPC, Feeds.SUBNET, Feeds.NODE, Feeds.LEASE)
                    .map(Feed::new)
                    .collect(Collectors.toMap(Feed::name, feed -> feed));
    private OvsdbServer northbound;
    private KubernetesMockServer kubernetes;
    private HttpServer snapshots;

    @Override
    public Map<String, String> start() {
        northbound = OvsdbServer.northbound();
        OvsdbServer.run("ovn-nbctl", "--db=" + northbound.unix(), "init");
        leftOver("stale", "vpc/Subnet/stale");
        leftOver("of-another-service", "policy/Subnet/stale");
        kubernetes =
                new KubernetesMockServer(
                        new io.fabric8.mockwebserver.Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new KubernetesCrudDispatcher(),
                        false);
        kubernetes.init();
        serveSnapshots();
        var settings = new HashMap<String, String>();
        Stream.of("kube-vpc", "kube-subnet", "kube-node", "ipam-lease")
                .map(InMemoryConnector::switchIncomingChannelsToInMemory)
                .forEach(settings::putAll);
        var producer = "http://127.0.0.1:" + snapshots.getAddress().getPort();
        settings.put("weft.relay.url", producer);
        settings.put("weft.ipam.url", producer);
        settings.put("weft.ovn.nb", northbound.unix());
        settings.put("quarkus.kubernetes-client.api-server-url", kubernetes.url("/"));
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    private void leftOver(String logicalSwitch, String owner) {
        OvsdbServer.run(
                "ovn-nbctl",
                "--db=" + northbound.unix(),
                "ls-add",
                logicalSwitch,
                "--",
                "set",
                "Logical_Switch",
                logicalSwitch,
                "external_ids:weft-owner=\"" + owner + "\"");
    }

    private void serveSnapshots() {
        try {
            snapshots =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        snapshots.createContext(
                "/v1/snapshots/",
                exchange -> {
                    var path = exchange.getRequestURI().getPath();
                    exchange.sendResponseHeaders(200, 0);
                    try (var out = exchange.getResponseBody()) {
                        feeds.get(path.substring(path.lastIndexOf('/') + 1)).snapshot(out);
                    }
                });
        snapshots.start();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(northbound, new TestInjector.MatchesType(OvsdbServer.class));
        injector.injectIntoFields(
                kubernetes, new TestInjector.MatchesType(KubernetesMockServer.class));
        injector.injectIntoFields(feeds, new TestInjector.Annotated(FeedsOfTheTest.class));
    }

    @Override
    public void stop() {
        if (snapshots != null) {
            snapshots.stop(0);
        }
        if (kubernetes != null) {
            kubernetes.destroy();
        }
        if (northbound != null) {
            northbound.close();
        }
    }
}
