package dev.weft.node.kube;

import dev.weft.kube.ResolvedSubnet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The subnets that are valid, with their defaults filled in. */
public final class SubnetStore {
    private final Map<String, ResolvedSubnet> subnets = new ConcurrentHashMap<>();

    void put(ResolvedSubnet subnet) {
        subnets.put(subnet.name(), subnet);
    }

    void remove(String name) {
        subnets.remove(name);
    }

    public Optional<ResolvedSubnet> get(String name) {
        return Optional.ofNullable(subnets.get(name));
    }

    public Collection<ResolvedSubnet> all() {
        return List.copyOf(subnets.values());
    }
}
