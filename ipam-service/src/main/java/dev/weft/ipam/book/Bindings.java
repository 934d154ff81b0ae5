package dev.weft.ipam.book;

import dev.weft.ipam.lease.LabelMatch;
import dev.weft.ipam.lease.Subnets.Place;
import dev.weft.kube.IpPoolCatalog;
import dev.weft.kube.Names;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution.Valid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which subnets and IPPools are bound to which namespaces. What is bound by name is looked up; only
 * subnets with selectors are gone through, since namespaces' labels change.
 */
final class Bindings {

    static final Bindings NONE =
            new Bindings(
                    new Catalog(Map.of(), java.util.Set.of(), Map.of(), Map.of(), false),
                    _ -> Map.of());

    private final Function<String, Map<String, String>> namespaceLabels;
    private final Catalog catalog;
    private final Map<String, List<String>> subnetsByName = new HashMap<>();
    private final Map<String, List<Place>> poolsByName = new HashMap<>();
    private final List<ResolvedSubnet> selecting = new ArrayList<>();
    private final Map<String, List<Place>> byProvider = new HashMap<>();

    /**
     * @param namespaceLabels the labels of a namespace, none when it is not known
     */
    Bindings(Catalog catalog, Function<String, Map<String, String>> namespaceLabels) {
        this.catalog = catalog;
        this.namespaceLabels = namespaceLabels;
        new TreeMap<>(catalog.subnets())
                .forEach(
                        (_, resolution) -> {
                            if (resolution instanceof Valid(var subnet)) {
                                add(subnet);
                            }
                        });
        new TreeMap<>(catalog.pools()).forEach((_, pool) -> add(pool));
    }

    private void add(ResolvedSubnet subnet) {
        if (!isForPods(subnet)) {
            return;
        }
        if (!subnet.provider().equals(Names.PRIMARY_PROVIDER)) {
            byProvider
                    .computeIfAbsent(subnet.provider(), _ -> new ArrayList<>())
                    .add(Place.in(subnet.name()));
            return;
        }
        subnet.namespaces()
                .forEach(
                        namespace ->
                                subnetsByName
                                        .computeIfAbsent(namespace, _ -> new ArrayList<>())
                                        .add(subnet.name()));
        if (!subnet.namespaceSelectors().isEmpty()) {
            selecting.add(subnet);
        }
    }

    private void add(IpPoolCatalog.Resolution pool) {
        if (pool.isValid()) {
            pool.namespaces()
                    .forEach(
                            namespace ->
                                    poolsByName
                                            .computeIfAbsent(namespace, _ -> new ArrayList<>())
                                            .add(new Place(pool.subnet(), pool.name())));
        }
    }

    /** The pools bound to the namespace, else its VPC's default subnet and what is bound to it. */
    List<Place> of(String namespace) {
        var pools = poolsByName.get(namespace);
        return pools != null
                ? List.copyOf(pools)
                : subnets(namespace).stream().map(Place::in).toList();
    }

    private List<String> subnets(String namespace) {
        var names = new LinkedHashSet<String>();
        var ofVpc = catalog.vpcDefaults().get(namespace);
        if (ofVpc != null) {
            names.add(ofVpc);
        }
        var bound = new java.util.TreeSet<>(subnetsByName.getOrDefault(namespace, List.of()));
        selecting.stream()
                .filter(subnet -> selects(subnet, namespace))
                .map(ResolvedSubnet::name)
                .forEach(bound::add);
        names.addAll(bound);
        return List.copyOf(names);
    }

    List<Place> ofProvider(String provider) {
        return List.copyOf(byProvider.getOrDefault(provider, List.of()));
    }

    boolean mayChoose(String namespace, String subnet) {
        if (!catalog.restricted()
                || !(catalog.subnets().get(subnet) instanceof Valid(var resolved))
                || resolved.namespaces().isEmpty() && resolved.namespaceSelectors().isEmpty()) {
            return true;
        }
        return resolved.namespaces().contains(namespace) || selects(resolved, namespace);
    }

    private boolean selects(ResolvedSubnet subnet, String namespace) {
        return subnet.namespaceSelectors().stream()
                .anyMatch(
                        selector -> LabelMatch.matches(selector, namespaceLabels.apply(namespace)));
    }

    static boolean isForPods(ResolvedSubnet subnet) {
        return !subnet.name().equals(Names.JOIN_SUBNET);
    }
}
