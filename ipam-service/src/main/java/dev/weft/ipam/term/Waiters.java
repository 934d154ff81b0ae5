package dev.weft.ipam.term;

import dev.weft.ipam.lease.LeaseDecision;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.pool.Refusal.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Owners that were refused, in the order in which they came, so that what may help them wakes them,
 * and no more of them than it may help. Thread-safe.
 */
final class Waiters {

    private static final Set<Reason> FOR_ONE_ADDRESS =
            Set.of(Reason.ADDRESS_TAKEN, Reason.MAC_TAKEN, Reason.PORT_NAME_TAKEN);

    private final Map<OwnerKey, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(boolean forOneAddress, Set<String> subnets) {}

    synchronized void add(OwnerKey owner, List<LeaseDecision.Refuse> refused) {
        waiting.put(
                owner,
                new Waiting(
                        refused.stream()
                                .anyMatch(one -> FOR_ONE_ADDRESS.contains(one.refusal().reason())),
                        refused.stream()
                                .flatMap(one -> one.subnets().stream())
                                .collect(Collectors.toSet())));
    }

    synchronized void remove(OwnerKey owner) {
        waiting.remove(owner);
    }

    /**
     * Something was released in the subnet: the first that wait for any address, and all that wait
     * for a certain one.
     */
    synchronized List<OwnerKey> released(String subnet, int leases) {
        var wake = new ArrayList<OwnerKey>();
        int room = leases;
        for (var entry : waiting.entrySet()) {
            if (!entry.getValue().subnets().contains(subnet)) {
                continue;
            }
            if (entry.getValue().forOneAddress()) {
                wake.add(entry.getKey());
            } else if (room > 0) {
                wake.add(entry.getKey());
                room--;
            }
        }
        return wake;
    }

    /** Everyone: the rules have changed. */
    synchronized List<OwnerKey> all() {
        return List.copyOf(waiting.keySet());
    }

    synchronized int size() {
        return waiting.size();
    }
}
