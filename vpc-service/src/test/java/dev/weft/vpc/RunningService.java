package dev.weft.vpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.bus.Feeds;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.kube.v1.Vpc;
import dev.weft.ovsdb.testing.OvsdbServer;
import dev.weft.vpc.northbound.Fabric;
import dev.weft.vpc.northbound.Northbound;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.quarkus.test.common.WithTestResource;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;

/**
 * The service in one process with a real northbound database, shared by the tests that extend it.
 */
@WithTestResource(Surroundings.class)
abstract class RunningService {

    static final Duration SOON = Duration.ofSeconds(20);

    @Inject VpcService service;
    @Inject Fabric fabric;
    @Inject Northbound northbound;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector channels;

    OvsdbServer database;
    KubernetesMockServer kubernetes;

    @FeedsOfTheTest Map<String, Feed> feeds;

    @BeforeEach
    void defaultVpc() {
        await().atMost(SOON).until(service::isActive);
        try (var client = kubernetes.createClient()) {
            for (var name : List.of("join", "ovn-default")) {
                await().atMost(SOON)
                        .until(() -> client.resources(Subnet.class).withName(name).get() != null);
                put(
                        Feeds.SUBNET,
                        "kube-subnet",
                        name,
                        client.resources(Subnet.class).withName(name).get());
            }
            relayVpc(client);
        }
        await().atMost(SOON).until(() -> nbctl("ls-list").contains("ovn-default"));
    }

    void subnet(String name, SubnetSpec spec) {
        put(Feeds.SUBNET, "kube-subnet", name, new Subnet(name, spec));
    }

    void lease(String pod, String addresses, String mac) {
        put(
                Feeds.LEASE,
                "ipam-lease",
                pod + ".shop",
                Worlds.podLease("shop", pod, "ovn-default", addresses, mac, true));
    }

    void relayVpc(KubernetesClient client) {
        await().atMost(SOON)
                .until(() -> client.resources(Vpc.class).withName("ovn-cluster").get() != null);
        put(
                Feeds.VPC,
                "kube-vpc",
                "ovn-cluster",
                client.resources(Vpc.class).withName("ovn-cluster").get());
    }

    void put(String feed, String channel, String key, Object object) {
        channels.source(channel).send(feeds.get(feed).put(key, object));
    }

    void remove(String feed, String channel, String key) {
        channels.source(channel).send(feeds.get(feed).remove(key));
    }

    void settled() throws InterruptedException {
        assertThat(fabric.awaitIdle(SOON)).isTrue();
    }

    /** Names and contents of all our switches, routers and ports, without UUIDs. */
    List<String> contents() {
        return List.of(
                sorted("Logical_Switch", "name,external_ids,other_config"),
                sorted("Logical_Switch_Port", "name,type,addresses,port_security,external_ids"),
                sorted("Logical_Router", "name,options,external_ids"),
                sorted("Logical_Router_Port", "name,mac,networks,external_ids"),
                sorted("Logical_Router_Static_Route", "ip_prefix,nexthop,external_ids"),
                sorted("Logical_Router_Policy", "priority,match,nexthops,external_ids"));
    }

    String sorted(String table, String columns) {
        return nbctl(
                        "--bare",
                        "--format=csv",
                        "--no-headings",
                        "--columns=" + columns,
                        "list",
                        table)
                .lines()
                .filter(row -> row.contains("weft-owner=vpc/"))
                .sorted()
                .toList()
                .toString();
    }

    String nbctl(String... arguments) {
        var command = new ArrayList<>(List.of("ovn-nbctl", "--db=" + database.unix()));
        command.addAll(List.of(arguments));
        return OvsdbServer.run(command.toArray(String[]::new));
    }
}
