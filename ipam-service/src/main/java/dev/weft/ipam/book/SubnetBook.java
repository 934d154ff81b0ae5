package dev.weft.ipam.book;

import dev.weft.ipam.lease.Subnets;
import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.ipam.pool.Released;
import dev.weft.ipam.pool.Usage;
import dev.weft.kube.IpPoolCatalog;
import dev.weft.kube.Names;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.net.Family;
import dev.weft.net.IpRangeSet;
import dev.weft.net.MacAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subnets as they are served, each with its pool. Guarded by the lock of {@link LeaseBook}.
 *
 * <p>A change of a subnet's addresses is served only when every lease in it stays valid; else the
 * subnet is served as it was, and its spec is said to be invalid.
 */
public final class SubnetBook implements Subnets {

    private final Function<String, Map<String, String>> namespaceLabels;
    private final Map<String, List<Released>> releasedBefore;
    private final Duration quarantine;
    private final Map<String, Entry> entries = new TreeMap<>();
    private Map<String, IpPoolCatalog.Resolution> pools = Map.of();
    private Bindings bindings = Bindings.NONE;
    private @Nullable Catalog latest;

    /**
     * @param asked what became of the spec as it is now
     * @param open whether it hands out addresses
     * @param served the subnet as it is served, null when it never was valid
     */
    private record Entry(
            SubnetResolution asked,
            boolean deleting,
            boolean open,
            @Nullable ResolvedSubnet served,
            Map<String, IpRangeSet> named,
            @Nullable AddressPool pool) {}

    /**
     * @param namespaceLabels the labels of a namespace, none when it is not known
     * @param releasedBefore what the ledger says was released, by VPC, oldest first
     * @param quarantine how long a released address is not handed out unasked
     */
    public SubnetBook(
            Function<String, Map<String, String>> namespaceLabels,
            Map<String, List<Released>> releasedBefore,
            Duration quarantine) {
        this.namespaceLabels = namespaceLabels;
        this.releasedBefore = releasedBefore;
        this.quarantine = quarantine;
    }

    /** What is held, as a new pool has to know it. */
    interface Holdings {
        /** Why the subnet cannot be served with these addresses; empty when it can. */
        Optional<Invalid> conflict(ResolvedSubnet subnet);

        /** Tells the pool what is held in it. */
        void tell(AddressPool pool);
    }

    /**
     * Takes over what the subnets are now. A pool is made anew only where the subnet's addresses
     * changed.
     *
     * @return whether anything changed
     */
    boolean update(Catalog catalog, Holdings holdings) {
        if (catalog.equals(latest)) {
            return false;
        }
        latest = catalog;
        pools = catalog.pools();
        var named = namedPools(catalog);
        var after = new HashMap<String, Entry>();
        catalog.subnets()
                .forEach(
                        (name, asked) ->
                                after.put(
                                        name,
                                        entry(
                                                entries.get(name),
                                                asked,
                                                catalog.deleting().contains(name),
                                                named.getOrDefault(name, Map.of()),
                                                holdings)));
        entries.clear();
        entries.putAll(after);
        var served = new HashMap<String, SubnetResolution>();
        after.forEach(
                (name, entry) -> {
                    if (entry.served() != null) {
                        served.put(name, new Valid(entry.served()));
                    }
                });
        bindings =
                new Bindings(
                        new Catalog(
                                served,
                                catalog.deleting(),
                                catalog.pools(),
                                catalog.vpcDefaults(),
                                catalog.restricted()),
                        namespaceLabels);
        return true;
    }

    private Entry entry(
            @Nullable Entry before,
            SubnetResolution asked,
            boolean deleting,
            Map<String, IpRangeSet> named,
            Holdings holdings) {
        var served = before == null ? null : before.served();
        var pool = before == null ? null : before.pool();
        var open = false;
        if (asked instanceof Valid(var subnet)) {
            open = true;
            if (served != null && !movesAddresses(served, subnet)) {
                served = subnet;
            } else {
                var conflict = holdings.conflict(subnet);
                if (conflict.isPresent() && pool != null) {
                    asked = conflict.get();
                } else {
                    // what it was is not known any more
                    open = conflict.isEmpty();
                    asked = conflict.<SubnetResolution>map(c -> c).orElse(asked);
                    served = subnet;
                    pool = null;
                }
            }
        }
        // the pool of a subnet that became invalid is kept: its leases go on
        if (served != null
                && (pool == null || !named.equals(Objects.requireNonNull(before).named()))) {
            pool = newPool(served, named, before == null ? null : before.pool(), holdings);
        }
        return new Entry(asked, deleting, open, served, named, pool);
    }

    private static Map<String, Map<String, IpRangeSet>> namedPools(Catalog catalog) {
        var named = new HashMap<String, Map<String, IpRangeSet>>();
        catalog.pools()
                .forEach(
                        (name, pool) -> {
                            if (pool.isValid()) {
                                named.computeIfAbsent(pool.subnet(), _ -> new TreeMap<>())
                                        .put(name, pool.ranges());
                            }
                        });
        return named;
    }

    private static boolean movesAddresses(ResolvedSubnet was, ResolvedSubnet now) {
        return !was.cidrs().equals(now.cidrs())
                || !was.gateways().equals(now.gateways())
                || !was.excluded().equals(now.excluded())
                || !was.vpc().equals(now.vpc());
    }

    private AddressPool newPool(
            ResolvedSubnet subnet,
            Map<String, IpRangeSet> named,
            @Nullable AddressPool former,
            Holdings holdings) {
        var gatewayMac = MacAddress.derivedFrom(Names.routerPortName(subnet.vpc(), subnet.name()));
        var pool =
                new AddressPool(
                        subnet.name(),
                        subnet.cidrs(),
                        subnet.gateways(),
                        subnet.excluded(),
                        gatewayMac,
                        named,
                        quarantine);
        holdings.tell(pool);
        var aside =
                former == null
                        ? releasedBefore.getOrDefault(subnet.vpc(), List.of())
                        : former.setAside();
        aside.stream()
                .filter(released -> pool.contains(released.address()))
                .forEach(pool::setAside);
        return pool;
    }

    @Override
    public Optional<State> find(String name) {
        var entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.deleting()) {
            return Optional.of(
                    closed(
                            Reason.SUBNET_DELETING,
                            "subnet %s is being deleted; choose another".formatted(name)));
        }
        if (!entry.open()) {
            return Optional.of(
                    closed(
                            Reason.SUBNET_NOT_VALID,
                            "subnet %s is not valid: %s; correct it"
                                    .formatted(name, entry.asked())));
        }
        var subnet = Objects.requireNonNull(entry.served());
        return Optional.of(
                new Serving(
                        subnet.vpc(),
                        Objects.requireNonNull(entry.pool()),
                        subnet.provider(),
                        Bindings.isForPods(subnet)));
    }

    private static State closed(Reason reason, String message) {
        return new Closed(new Refusal(reason, message));
    }

    @Override
    public Optional<PoolState> pool(String name) {
        return Optional.ofNullable(pools.get(name))
                .map(
                        pool ->
                                new PoolState(
                                        pool.subnet(),
                                        pool.invalid() == null
                                                ? null
                                                : new Refusal(
                                                        Reason.POOL_NOT_VALID,
                                                        "IPPool %s is not valid: %s; correct it"
                                                                .formatted(name, pool.invalid()))));
    }

    @Override
    public List<Place> boundTo(String namespace) {
        return bindings.of(namespace);
    }

    @Override
    public List<Place> ofProvider(String provider) {
        return bindings.ofProvider(provider);
    }

    @Override
    public boolean mayChoose(String namespace, String subnet) {
        return bindings.mayChoose(namespace, subnet);
    }

    /** The subnet as it is served, if it is or was valid. */
    Optional<ResolvedSubnet> served(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::served);
    }

    Optional<SubnetResolution> resolution(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::asked);
    }

    Optional<AddressPool> addresses(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::pool);
    }

    Optional<IpPoolCatalog.Resolution> poolResolution(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    Set<String> poolsOf(String subnet) {
        var entry = entries.get(subnet);
        return entry == null ? Set.of() : entry.named().keySet();
    }

    Map<Family, Usage> poolUsage(String name) {
        var pool = pools.get(name);
        return pool == null
                ? Map.of()
                : addresses(pool.subnet()).map(all -> all.usage(name)).orElse(Map.of());
    }

    Set<String> names() {
        return Set.copyOf(entries.keySet());
    }
}
