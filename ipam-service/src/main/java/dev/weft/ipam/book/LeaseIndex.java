package dev.weft.ipam.book;

import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.OwnerKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Leases by port, owner, keeper and subnet. Guarded by the lock of {@link LeaseBook}. */
final class LeaseIndex {

    /** Port → lease. */
    private final Map<String, Lease> leases = new HashMap<>();

    /** Ports besides the primary one, by owner: few have any. */
    private final Map<OwnerKey, Map<String, Lease>> further = new HashMap<>();

    private final Map<KeeperKey, Map<String, Lease>> kept = new HashMap<>();
    private final Map<String, Integer> inSubnet = new HashMap<>();

    /** A keeper's name, whichever life of it. */
    private record KeeperKey(Keeper.Kind kind, String namespace, String name) {
        static @Nullable KeeperKey of(Lease lease) {
            var keeper = lease.keeper();
            return keeper == null
                    ? null
                    : new KeeperKey(keeper.kind(), lease.owner().key().namespace(), keeper.name());
        }
    }

    @Nullable Lease get(String port) {
        return leases.get(port);
    }

    /** What the owner holds. */
    List<Lease> of(OwnerKey owner) {
        var primary = leases.get(owner.port());
        var mine = primary != null && primary.owner().key().equals(owner);
        var more = further.get(owner);
        if (more == null) {
            return mine ? List.of(primary) : List.of();
        }
        var all = new java.util.ArrayList<Lease>(more.size() + 1);
        if (mine) {
            all.add(primary);
        }
        all.addAll(more.values());
        return all;
    }

    /** The owners whose addresses the keeper of that name keeps. */
    Set<OwnerKey> keptBy(Keeper.Kind kind, String namespace, String name) {
        return kept.getOrDefault(new KeeperKey(kind, namespace, name), Map.of()).values().stream()
                .map(lease -> lease.owner().key())
                .collect(Collectors.toSet());
    }

    /** How many leases are in the subnet. */
    int inSubnet(String subnet) {
        return inSubnet.getOrDefault(subnet, 0);
    }

    Collection<Lease> all() {
        return Collections.unmodifiableCollection(leases.values());
    }

    int size() {
        return leases.size();
    }

    /** The port holds this lease now. */
    void put(Lease lease) {
        remove(lease.port());
        leases.put(lease.port(), lease);
        inSubnet.merge(lease.subnet(), 1, Integer::sum);
        if (!lease.port().equals(lease.owner().key().port())) {
            further.computeIfAbsent(lease.owner().key(), _ -> new LinkedHashMap<>())
                    .put(lease.port(), lease);
        }
        var keeper = KeeperKey.of(lease);
        if (keeper != null) {
            kept.computeIfAbsent(keeper, _ -> new HashMap<>()).put(lease.port(), lease);
        }
    }

    /** The port holds nothing any more. */
    void remove(String port) {
        var lease = leases.remove(port);
        if (lease == null) {
            return;
        }
        inSubnet.merge(lease.subnet(), -1, (a, b) -> a + b == 0 ? null : a + b);
        drop(further, lease.owner().key(), port);
        var keeper = KeeperKey.of(lease);
        if (keeper != null) {
            drop(kept, keeper, port);
        }
    }

    private static <K> void drop(Map<K, Map<String, Lease>> index, K key, String port) {
        index.computeIfPresent(
                key,
                (_, leases) -> {
                    leases.remove(port);
                    return leases.isEmpty() ? null : leases;
                });
    }
}
