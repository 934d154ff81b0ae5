package dev.weft.ipam.restore;

import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.restore.RestorationReport.Contradiction;
import dev.weft.ipam.restore.RestorationReport.Kind;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which leases to bring back, given what there is in fact and what the ledger has. A pure function.
 *
 * <p>What a pod runs with stands above what was promised, that above what is kept for somebody to
 * come. Of two with the same right the one that OVN knows wins, then the one whose name sorts
 * first. A lease that the ledger has, of an owner that lives, is left alone, unless its own pod
 * runs with other addresses.
 */
final class RestorationPlan {

    private record Key(String vpc, IpAddress address) {}

    private final Map<String, Lease> ledger;
    private final @Nullable Map<String, DualStack<IpAddress>> ovn;
    private final Map<Key, String> holders = new HashMap<>();
    private final List<Restore> restore = new ArrayList<>();
    private final List<Contradiction> contradictions;

    /**
     * A lease to bring back.
     *
     * @param replaced what the ledger has for the port, null for nothing
     */
    record Restore(Evidence evidence, @Nullable Lease replaced) {}

    /** What to do and what to tell. */
    record Result(List<Restore> restore, List<Contradiction> contradictions) {}

    private RestorationPlan(
            Collection<Lease> ledger,
            @Nullable Map<String, DualStack<IpAddress>> ovn,
            List<Contradiction> sofar) {
        this.ledger = new LinkedHashMap<>();
        ledger.forEach(lease -> this.ledger.put(lease.port(), lease));
        this.ovn = ovn;
        this.contradictions = new ArrayList<>(sofar);
    }

    /**
     * Decides.
     *
     * @param ledger leases of owners that live or are kept for
     * @param ovn the addresses of OVN's ports by name, null when OVN could not be asked
     * @param sofar what was found out while the evidence was gathered
     */
    static Result of(
            List<Evidence> evidence,
            Collection<Lease> ledger,
            @Nullable Map<String, DualStack<IpAddress>> ovn,
            List<Contradiction> sofar) {
        var plan = new RestorationPlan(ledger, ovn, sofar);
        plan.decide(evidence);
        plan.compareWithOvn();
        return new Result(List.copyOf(plan.restore), List.copyOf(plan.contradictions));
    }

    private void decide(List<Evidence> evidence) {
        var open = new ArrayList<Evidence>();
        for (var one : evidence) {
            var lease = ledger.get(one.key().port());
            if (lease == null) {
                open.add(one);
            } else if (differs(one, lease)) {
                if (one.strength() == Evidence.Strength.RUNNING
                        && lease.owner().equals(one.owner())) {
                    open.add(one);
                } else {
                    tell(one, Kind.LEDGER_DIFFERS, "ledger: " + lease.addresses(), "ledger");
                }
            }
        }
        ledger.values().stream()
                .filter(lease -> open.stream().noneMatch(one -> one.key().equals(lease.key())))
                .forEach(lease -> hold(lease.vpc(), lease.addresses(), lease.port()));
        open.sort(
                Comparator.comparing(Evidence::strength)
                        .thenComparing(one -> !isInOvn(one))
                        .thenComparing(one -> one.key().port()));
        open.forEach(this::restore);
    }

    private void restore(Evidence one) {
        var holder =
                one.addresses().stream()
                        .map(address -> holders.get(new Key(one.vpc(), address)))
                        .filter(Objects::nonNull)
                        .findFirst();
        if (holder.isPresent()) {
            tell(one, Kind.ADDRESS_TWICE, "also of " + holder.get(), holder.get());
            return;
        }
        var replaced = ledger.get(one.key().port());
        if (replaced != null) {
            tell(one, Kind.LEDGER_DIFFERS, "ledger: " + replaced.addresses(), one.source());
        }
        hold(one.vpc(), one.addresses(), one.key().port());
        restore.add(new Restore(one, replaced));
    }

    private void hold(String vpc, DualStack<IpAddress> addresses, String port) {
        addresses.stream().forEach(address -> holders.put(new Key(vpc, address), port));
    }

    private boolean isInOvn(Evidence one) {
        return ovn != null && one.addresses().equals(ovn.get(one.key().port()));
    }

    private static boolean differs(Evidence one, Lease lease) {
        return !one.addresses().equals(lease.addresses()) || !one.vpc().equals(lease.vpc());
    }

    private void compareWithOvn() {
        if (ovn == null) {
            return;
        }
        var wanted = new HashMap<String, DualStack<IpAddress>>();
        ledger.forEach((port, lease) -> wanted.put(port, lease.addresses()));
        restore.forEach(one -> wanted.put(one.evidence().key().port(), one.evidence().addresses()));
        ovn.forEach(
                (port, addresses) -> {
                    var lease = wanted.get(port);
                    if (lease == null) {
                        contradictions.add(
                                new Contradiction(
                                        port,
                                        Kind.OVN_ALONE,
                                        "OVN: %s, nobody has a lease for it".formatted(addresses),
                                        "the port goes, unless somebody gets that lease"));
                    } else if (!lease.equals(addresses)) {
                        contradictions.add(
                                new Contradiction(
                                        port,
                                        Kind.OVN_DIFFERS,
                                        "lease: %s, OVN: %s".formatted(lease, addresses),
                                        "the lease"));
                    }
                });
    }

    private void tell(Evidence one, Kind kind, String other, String winner) {
        contradictions.add(
                new Contradiction(
                        one.key().port(),
                        kind,
                        "%s: %s, %s".formatted(one.source(), one.addresses(), other),
                        winner));
    }
}
