package dev.weft.ipam.testing;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service's neighbours: a real PostgreSQL, an API server that keeps objects, channels in
 * memory. With the argument {@code leader=other} another instance holds the lease for ever, so that
 * the service stands by and tests have the ledger for themselves.
 */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    private static final String[] CHANNELS = {
        "kube-pod",
        "kube-node",
        "kube-namespace",
        "kube-subnet",
        "kube-ip",
        "kube-vpc",
        "kube-ippool",
        "kube-vip",
        "kube-statefulset",
        "kube-vm",
        "kube-vminstance",
        "kube-attachment"
    };
    private static @Nullable Postgres postgres;

    private @Nullable KubernetesMockServer kubernetes;
    private boolean standby;

    /** The database of the running tests. */
    public static Postgres postgres() {
        return java.util.Objects.requireNonNull(postgres);
    }

    @Override
    public void init(Map<String, String> arguments) {
        standby = "other".equals(arguments.get("leader"));
    }

    @Override
    public Map<String, String> start() {
        postgres = new Postgres();
        var server =
                new KubernetesMockServer(
                        new io.fabric8.mockwebserver.Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new KubernetesCrudDispatcher(),
                        false);
        server.init();
        kubernetes = server;
        if (standby) {
            holdLease(server);
        }
        var settings = new HashMap<String, String>();
        settings.put("quarkus.datasource.reactive.url", postgres.url());
        settings.put("quarkus.datasource.jdbc.url", "jdbc:" + postgres.url());
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("quarkus.datasource.password", "postgres");
        settings.put("quarkus.flyway.clean-disabled", "false");
        settings.put(
                "quarkus.kubernetes-client.api-server-url", "http://localhost:" + server.getPort());
        settings.put("quarkus.kubernetes-client.namespace", "default");
        settings.put("weft.relay.url", "http://localhost:1");
        settings.put("weft.instance", "tested");
        settings.put("weft.ipam.quarantine", "PT0.3S");
        settings.put("quarkus.http.test-port", "0");
        for (var channel : CHANNELS) {
            settings.putAll(InMemoryConnector.switchIncomingChannelsToInMemory(channel));
        }
        return settings;
    }

    private static void holdLease(KubernetesMockServer server) {
        try (var client = server.createClient()) {
            client.leases()
                    .inNamespace("kube-system")
                    .resource(
                            new LeaseBuilder()
                                    .withNewMetadata()
                                    .withName("weft-ipam")
                                    .withNamespace("kube-system")
                                    .endMetadata()
                                    .withNewSpec()
                                    .withHolderIdentity("other")
                                    .withLeaseDurationSeconds(1_000_000)
                                    .withLeaseTransitions(0)
                                    .withAcquireTime(ZonedDateTime.now(ZoneOffset.UTC))
                                    .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                                    .endSpec()
                                    .build())
                    .create();
        }
    }

    @Override
    public void stop() {
        if (kubernetes != null) {
            kubernetes.destroy();
        }
        if (postgres != null) {
            postgres.close();
        }
        InMemoryConnector.clear();
    }
}
