package dev.weft.ipam.kube;

import dev.weft.bus.Outcome;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.lease.Subnets.Place;
import dev.weft.kube.Annotations;
import dev.weft.kube.Names;
import dev.weft.kube.NamespaceView;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.net.IpRange;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells namespaces by annotations what is bound to them. */
public final class NamespaceWriter {

    private final KubernetesClient client;
    private final Function<String, Optional<NamespaceView>> present;
    private final LeaseBook book;

    /**
     * @param present the namespaces as the feed tells of them
     */
    public NamespaceWriter(
            KubernetesClient client,
            Function<String, Optional<NamespaceView>> present,
            LeaseBook book) {
        this.client = client;
        this.present = present;
        this.book = book;
    }

    /** Makes the namespace's annotations say what is bound to it. */
    public Outcome reconcile(String name) {
        var namespace = present.apply(name).orElse(null);
        if (namespace == null || namespace.deleting()) {
            return Outcome.done();
        }
        var changed = new LinkedHashMap<String, @Nullable String>();
        wanted(name)
                .forEach(
                        (key, value) -> {
                            var is = namespace.annotations().get(Annotations.of(key));
                            if (!value.equals(is == null ? "" : is)) {
                                changed.put(Annotations.of(key), value.isEmpty() ? null : value);
                            }
                        });
        if (!changed.isEmpty()) {
            var named =
                    new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
            KubeApi.patch(client, named, Map.of("metadata", Map.of("annotations", changed)));
        }
        return Outcome.done();
    }

    /** The annotations; an empty one should not be there. */
    private Map<String, String> wanted(String namespace) {
        var places = book.boundTo(namespace);
        var pools =
                places.stream()
                        .filter(place -> place.pool() != null)
                        .map(Place::pool)
                        .collect(Collectors.joining(","));
        var names = places.stream().map(Place::subnet).distinct().toList();
        var subnets =
                (names.isEmpty() ? List.of(Names.DEFAULT_SUBNET) : names)
                        .stream().map(book::subnet).flatMap(Optional::stream).toList();
        return Map.of(
                Annotations.LOGICAL_SWITCH,
                joined(subnets, ",", ResolvedSubnet::name),
                Annotations.CIDR,
                joined(subnets, ";", subnet -> subnet.cidrs().toString()),
                Annotations.EXCLUDE_IPS,
                joined(subnets, ";", NamespaceWriter::excluded),
                Annotations.IP_POOL,
                pools);
    }

    private static String excluded(ResolvedSubnet subnet) {
        return subnet.excluded().ranges().stream()
                .map(IpRange::toString)
                .collect(Collectors.joining(","));
    }

    private static String joined(
            List<ResolvedSubnet> subnets, String by, Function<ResolvedSubnet, String> what) {
        return subnets.stream().map(what).collect(Collectors.joining(by));
    }
}
