package dev.weft.vpc.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.bus.FeedConsumer;
import dev.weft.bus.FeedOptions;
import dev.weft.bus.FeedView;
import dev.weft.bus.Feeds;
import dev.weft.bus.Json;
import dev.weft.bus.LeaseView;
import dev.weft.bus.SnapshotClient;
import dev.weft.kube.NodeView;
import dev.weft.kube.SubnetCatalog;
import dev.weft.kube.SubnetCatalog.Candidate;
import dev.weft.kube.SubnetCatalog.Taken;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.Vpc;
import dev.weft.net.Cidr;
import dev.weft.net.IpAddress;
import dev.weft.vpc.VpcConfig;
import dev.weft.vpc.topology.LiveChanges;
import dev.weft.vpc.topology.VpcView;
import dev.weft.vpc.topology.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** This service's copies of the feeds, and what follows from all subnets together. */
@ApplicationScoped
public class Records {

    private final FeedConsumer consumer = new FeedConsumer();
    private final FeedView<VpcView> vpcs;
    private final FeedView<Candidate> subnets;
    private final FeedView<NodeView> nodes;
    private final FeedView<LeaseView> leases;
    private final List<Cidr> services;
    private final boolean portSecurity;
    private volatile Map<String, SubnetResolution> catalog = Map.of();

    Records(VpcConfig config) {
        var relay = new SnapshotClient(config.relay().url());
        var ipam = new SnapshotClient(config.ipam().url());
        var options = FeedOptions.defaults();
        vpcs =
                consumer.register(
                        new FeedView<>(
                                Feeds.VPC,
                                json -> VpcView.of(read(json, Vpc.class)),
                                relay,
                                options));
        subnets =
                consumer.register(
                        new FeedView<>(
                                Feeds.SUBNET,
                                json -> Candidate.of(read(json, Subnet.class)),
                                relay,
                                options));
        nodes = consumer.register(new FeedView<>(Feeds.NODE, NodeView.class, relay));
        leases = consumer.register(new FeedView<>(Feeds.LEASE, LeaseView.class, ipam));
        services = config.serviceCidr().stream().toList();
        portSecurity = config.portSecurity();
    }

    FeedConsumer consumer() {
        return consumer;
    }

    /** Loads the snapshots. */
    public void start() {
        consumer.start();
    }

    /** Completes when every feed is in. */
    public CompletableFuture<Void> ready() {
        return CompletableFuture.allOf(
                vpcs.ready(), subnets.ready(), nodes.ready(), leases.ready());
    }

    public FeedView<VpcView> vpcs() {
        return vpcs;
    }

    public FeedView<Candidate> subnets() {
        return subnets;
    }

    public FeedView<NodeView> nodes() {
        return nodes;
    }

    public FeedView<LeaseView> leases() {
        return leases;
    }

    /** How each feed stands. */
    public List<FeedView.Status> status() {
        return consumer.views().stream().map(FeedView::status).toList();
    }

    /** What the deciding looks at, as it is now and comes to be. */
    public World world() {
        return new World(vpcs.asMap(), catalog, leases.asMap(), nodes.asMap(), portSecurity);
    }

    /** What it would look at if there were this subnet, in place of one of the same name. */
    public World worldWith(Subnet subnet) {
        var candidates = new ArrayList<Candidate>();
        var name = subnet.getMetadata().getName();
        subnets.values().stream().filter(c -> !c.name().equals(name)).forEach(candidates::add);
        var created = subnets.get(name).map(Candidate::created);
        candidates.add(
                new Candidate(
                        name,
                        created.orElseGet(() -> Candidate.of(subnet).created()),
                        subnet.getSpec()));
        return world().withSubnets(SubnetCatalog.resolveAll(candidates, taken()));
    }

    /**
     * Settles the conflicts of all subnets anew.
     *
     * @return the names of those for which something changed
     */
    public synchronized Set<String> settleSubnets() {
        var before = catalog;
        var after =
                LiveChanges.allowed(
                        before,
                        SubnetCatalog.resolveAll(List.copyOf(subnets.values()), taken()),
                        leases.values());
        catalog = after;
        var changed = new HashSet<String>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return changed;
    }

    private Taken taken() {
        var addresses = new HashMap<IpAddress, String>();
        nodes.values()
                .forEach(
                        node ->
                                parse(node.internalAddresses())
                                        .forEach(
                                                address ->
                                                        addresses.put(
                                                                address,
                                                                "an address of node "
                                                                        + node.name())));
        var networks = new HashMap<Cidr, String>();
        services.forEach(cidr -> networks.put(cidr, "the addresses of Services"));
        return new Taken(Set.copyOf(vpcs.asMap().keySet()), addresses, networks);
    }

    private static List<IpAddress> parse(Collection<String> texts) {
        return texts.stream().map(Records::parse).flatMap(Optional::stream).toList();
    }

    private static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static <T> T read(JsonNode json, Class<T> type) {
        try {
            return Json.mapper().treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
