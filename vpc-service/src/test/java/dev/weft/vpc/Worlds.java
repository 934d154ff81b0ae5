package dev.weft.vpc;

import dev.weft.bus.LeaseView;
import dev.weft.kube.NodeView;
import dev.weft.kube.SubnetCatalog;
import dev.weft.kube.SubnetCatalog.Candidate;
import dev.weft.kube.SubnetCatalog.Taken;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.kube.v1.VpcSpec;
import dev.weft.kube.v1.VpcStatus;
import dev.weft.net.DualStack;
import dev.weft.vpc.topology.VpcView;
import dev.weft.vpc.topology.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Worlds for tests: what the cluster says, in a line each. */
public final class Worlds {

    private final List<Candidate> subnets = new ArrayList<>();
    private final Map<String, VpcView> vpcs = new HashMap<>();
    private final Map<String, LeaseView> leases = new HashMap<>();
    private final Map<String, NodeView> nodes = new HashMap<>();
    private boolean portSecurity = true;

    private Worlds() {}

    public static Worlds empty() {
        return new Worlds();
    }

    /** The default VPC with its two subnets. */
    public static Worlds usual() {
        return empty().subnet("join", "100.64.0.0/16,fd00:100:64::/112")
                .subnet("ovn-default", "10.16.0.0/16,fd00:10:16::/112");
    }

    public Worlds vpc(String name) {
        vpcs.put(name, new VpcView(name, 1, false, VpcSpec.EMPTY, VpcStatus.EMPTY));
        return this;
    }

    public Worlds subnet(String name, String cidrs) {
        return subnet(name, SubnetSpec.builder().cidrBlock(cidrs).build());
    }

    public Worlds subnet(String name, SubnetSpec spec) {
        subnets.add(new Candidate(name, "2026-01-01T00:00:%02dZ".formatted(subnets.size()), spec));
        return this;
    }

    public Worlds pod(String namespace, String name, String subnet, String addresses, String mac) {
        return lease(podLease(namespace, name, subnet, addresses, mac, true));
    }

    public Worlds lease(LeaseView lease) {
        leases.put(lease.portName(), lease);
        return this;
    }

    public Worlds node(String name, String joinAddresses, String mac, String... internal) {
        nodes.put(
                name,
                new NodeView(name, "", Map.of(), Map.of(), List.of(internal), true, false, "1"));
        return lease(nodeLease(name, joinAddresses, mac));
    }

    public Worlds withoutPortSecurity() {
        portSecurity = false;
        return this;
    }

    public World build() {
        return new World(
                Map.copyOf(vpcs),
                SubnetCatalog.resolveAll(subnets, Taken.NOTHING),
                Map.copyOf(leases),
                Map.copyOf(nodes),
                portSecurity);
    }

    public static LeaseView podLease(
            String namespace,
            String name,
            String subnet,
            String addresses,
            String mac,
            boolean portSecurity) {
        return new LeaseView(
                name + "." + namespace,
                "Pod",
                namespace,
                name,
                "node-1",
                "ovn-cluster",
                subnet,
                DualStack.parseAddresses(addresses),
                mac,
                portSecurity,
                Instant.EPOCH);
    }

    public static LeaseView nodeLease(String name, String addresses, String mac) {
        return new LeaseView(
                "node-" + name,
                "Node",
                null,
                name,
                name,
                "ovn-cluster",
                "join",
                DualStack.parseAddresses(addresses),
                mac,
                true,
                Instant.EPOCH);
    }
}
