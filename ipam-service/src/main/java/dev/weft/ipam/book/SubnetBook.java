package dev.weft.ipam.book;

import dev.weft.ipam.lease.LabelMatch;
import dev.weft.ipam.lease.Subnets;
import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.kube.Names;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.kube.SubnetResolution.Valid;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The subnets as they are served, each with its pool. Guarded by the lock of {@link LeaseBook}. */
final class SubnetBook implements Subnets {

    private final Function<String, Map<String, String>> namespaceLabels;
    private final Map<String, List<IpAddress>> releasedBefore;
    private final Map<String, Entry> entries = new TreeMap<>();

    private record Entry(
            SubnetResolution resolution, boolean deleting, @Nullable AddressPool pool) {
        @Nullable ResolvedSubnet served() {
            return resolution instanceof Valid(var subnet) ? subnet : null;
        }
    }

    /**
     * @param namespaceLabels the labels of a namespace, none when it is not known
     * @param releasedBefore what the ledger says was released, by VPC, oldest first
     */
    SubnetBook(
            Function<String, Map<String, String>> namespaceLabels,
            Map<String, List<IpAddress>> releasedBefore) {
        this.namespaceLabels = namespaceLabels;
        this.releasedBefore = releasedBefore;
    }

    /**
     * Takes over what the subnets are now. A pool is made anew only where the subnet's addresses
     * changed.
     *
     * @param deleting names of subnets that hand out nothing more
     * @param holdings tells a new pool what is held in it
     * @return whether anything changed
     */
    boolean update(
            Map<String, SubnetResolution> resolutions,
            Set<String> deleting,
            Consumer<AddressPool> holdings) {
        var after = new HashMap<String, Entry>();
        resolutions.forEach(
                (name, resolution) -> {
                    var before = entries.get(name);
                    var entry = new Entry(resolution, deleting.contains(name), null);
                    var subnet = entry.served();
                    var pool = before == null ? null : before.pool();
                    if (subnet != null && (pool == null || movesAddresses(before, subnet))) {
                        pool = newPool(subnet, pool, holdings);
                    }
                    // the pool of a subnet that became invalid is kept: its leases go on
                    after.put(name, new Entry(resolution, deleting.contains(name), pool));
                });
        boolean changed = !after.equals(entries);
        entries.clear();
        entries.putAll(after);
        return changed;
    }

    private static boolean movesAddresses(@Nullable Entry before, ResolvedSubnet now) {
        var was = before == null ? null : before.served();
        return was == null
                || !was.cidrs().equals(now.cidrs())
                || !was.gateways().equals(now.gateways())
                || !was.excluded().equals(now.excluded())
                || !was.vpc().equals(now.vpc());
    }

    private AddressPool newPool(
            ResolvedSubnet subnet, @Nullable AddressPool former, Consumer<AddressPool> holdings) {
        var gatewayMac = MacAddress.derivedFrom(Names.routerPortName(subnet.vpc(), subnet.name()));
        var pool =
                new AddressPool(
                        subnet.name(),
                        subnet.cidrs(),
                        subnet.gateways(),
                        subnet.excluded(),
                        gatewayMac);
        holdings.accept(pool);
        var aside =
                former == null
                        ? releasedBefore.getOrDefault(subnet.vpc(), List.of())
                        : former.setAside();
        aside.stream().filter(pool::contains).forEach(pool::setAside);
        return pool;
    }

    @Override
    public Optional<State> find(String name) {
        var entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (entry.resolution()) {
                    case Invalid invalid ->
                            closed(
                                    Reason.SUBNET_NOT_VALID,
                                    "subnet %s is not valid: %s; correct it"
                                            .formatted(name, invalid));
                    case Valid _ when entry.deleting() ->
                            closed(
                                    Reason.SUBNET_DELETING,
                                    "subnet %s is being deleted; choose another".formatted(name));
                    case Valid(var subnet) ->
                            new Serving(
                                    subnet.vpc(),
                                    java.util.Objects.requireNonNull(entry.pool()),
                                    isForPods(subnet));
                });
    }

    private static State closed(Reason reason, String message) {
        return new Closed(new Refusal(reason, message));
    }

    private static boolean isForPods(ResolvedSubnet subnet) {
        return subnet.provider().equals(Names.PRIMARY_PROVIDER)
                && !subnet.name().equals(Names.JOIN_SUBNET);
    }

    @Override
    public List<String> boundTo(String namespace) {
        return entries.values().stream()
                .map(Entry::served)
                .filter(java.util.Objects::nonNull)
                .filter(SubnetBook::isForPods)
                .filter(subnet -> binds(subnet, namespace))
                .map(ResolvedSubnet::name)
                .toList();
    }

    private boolean binds(ResolvedSubnet subnet, String namespace) {
        return subnet.namespaces().contains(namespace)
                || !subnet.namespaceSelectors().isEmpty()
                        && subnet.namespaceSelectors().stream()
                                .anyMatch(
                                        selector ->
                                                LabelMatch.matches(
                                                        selector,
                                                        namespaceLabels.apply(namespace)));
    }

    /** The subnet as it is served, if it is valid. */
    Optional<ResolvedSubnet> served(String name) {
        var entry = entries.get(name);
        return Optional.ofNullable(entry == null ? null : entry.served());
    }

    Optional<SubnetResolution> resolution(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::resolution);
    }

    Optional<AddressPool> pool(String name) {
        var entry = entries.get(name);
        return Optional.ofNullable(entry == null ? null : entry.pool());
    }

    Set<String> names() {
        return Set.copyOf(entries.keySet());
    }
}
