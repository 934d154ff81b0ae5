package dev.weft.ipam.lease;

import dev.weft.kube.Annotations;
import dev.weft.kube.Names;
import dev.weft.kube.NetworkSelection;
import dev.weft.kube.Parsed;
import dev.weft.kube.PodRequest;
import dev.weft.kube.PodView;
import dev.weft.kube.PoolRequest;
import dev.weft.kube.StatefulSetView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which ports a pod asks for, and what it asks for each. */
final class PortRequests {

    private final PodView pod;
    private final Facts facts;
    private final List<Request> requests = new ArrayList<>();

    /**
     * What is asked for a port.
     *
     * @param provider of the port, see {@link PortKey}
     * @param network the provider whose subnets the addresses come from
     * @param problem why it cannot be understood, null when it can
     */
    record Request(
            String provider,
            String network,
            Wish wish,
            boolean portSecurity,
            @Nullable String problem) {

        static Request unclear(String provider, String problem) {
            return new Request(provider, provider, Wish.ANY, false, problem);
        }
    }

    private PortRequests(PodView pod, Facts facts) {
        this.pod = pod;
        this.facts = facts;
    }

    /** The pod's ports, the primary one first. */
    static List<Request> of(PodView pod, Facts facts) {
        var ports = new PortRequests(pod, facts);
        ports.primary();
        ports.attached();
        return ports.requests;
    }

    private void primary() {
        var provider = Names.PRIMARY_PROVIDER;
        var named = pod.annotations().getOrDefault(Annotations.MULTUS_DEFAULT_NETWORK, "");
        if (!named.isBlank()) {
            var slash = named.indexOf('/');
            var attachment =
                    facts.attachment(
                            slash < 0 ? pod.namespace() : named.substring(0, slash).strip(),
                            named.substring(slash + 1).strip());
            if (attachment.isEmpty()) {
                requests.add(Request.unclear(provider, noAttachment(named)));
                return;
            }
            if (attachment.get().provider() != null && attachment.get().ours()) {
                provider = attachment.get().provider();
            }
        }
        requests.add(read(provider, provider, null));
    }

    private void attached() {
        switch (NetworkSelection.parse(pod.annotations(), pod.namespace())) {
            case Parsed.Refused<List<NetworkSelection>> refused -> {
                var first = requests.getFirst();
                requests.set(
                        0,
                        new Request(
                                first.provider(),
                                first.network(),
                                first.wish(),
                                first.portSecurity(),
                                refused.message()));
            }
            case Parsed.Valid<List<NetworkSelection>>(var selections) -> {
                Map<String, Integer> times = new HashMap<>();
                selections.forEach(one -> times.merge(one.key(), 1, Integer::sum));
                for (var one : selections) {
                    attached(one, times.getOrDefault(one.key(), 1) > 1);
                }
            }
        }
    }

    private void attached(NetworkSelection selection, boolean several) {
        var attachment = facts.attachment(selection.namespace(), selection.name()).orElse(null);
        if (attachment == null) {
            requests.add(
                    Request.unclear(
                            selection.name() + "." + selection.namespace(),
                            noAttachment(selection.key())));
            return;
        }
        var network = attachment.provider();
        if (network == null || network.equals(Names.PRIMARY_PROVIDER)) {
            return; // its addresses are not ours to give
        }
        var provider =
                several && selection.interfaceName() != null
                        ? network + "." + selection.interfaceName()
                        : network;
        if (requests.stream().noneMatch(request -> request.provider().equals(provider))) {
            requests.add(read(provider, network, selection));
        }
    }

    private Request read(String provider, String network, @Nullable NetworkSelection selection) {
        return switch (PodRequest.parse(annotations(provider, network, selection), provider)) {
            case Parsed.Refused<PodRequest> refused -> Request.unclear(provider, refused.message());
            case Parsed.Valid<PodRequest>(var request) -> {
                var secured =
                        request.portSecurity() == null
                                ? facts.securedByDefault()
                                : request.portSecurity();
                var wish = wish(request, selection);
                yield wish.problem() != null
                        ? Request.unclear(provider, wish.problem())
                        : new Request(provider, network, wish.wish(), secured, null);
            }
        };
    }

    /**
     * The pod's annotations; what is said for one of several interfaces of a network takes the
     * place of what is said for the network.
     */
    private Map<String, String> annotations(
            String provider, String network, @Nullable NetworkSelection selection) {
        var device = selection == null ? null : selection.interfaceName();
        if (device == null) {
            return pod.annotations();
        }
        var all = new HashMap<>(pod.annotations());
        for (var key : List.of(Annotations.IP_ADDRESS, Annotations.MAC_ADDRESS)) {
            var own = pod.annotations().get(Annotations.of(network, key + "." + device));
            if (own != null) {
                all.put(Annotations.of(provider, key), own);
            }
        }
        return all;
    }

    private record WishOrProblem(Wish wish, @Nullable String problem) {
        static WishOrProblem of(Wish wish) {
            return new WishOrProblem(wish, null);
        }

        static WishOrProblem problem(String problem) {
            return new WishOrProblem(Wish.ANY, problem);
        }
    }

    private WishOrProblem wish(PodRequest request, @Nullable NetworkSelection selection) {
        var fixed =
                request.addresses() == null && selection != null
                        ? selection.addresses()
                        : request.addresses();
        var mac = request.mac() == null && selection != null ? selection.mac() : request.mac();
        if (request.vip() != null) {
            return vip(request.vip());
        }
        return switch (request.pool()) {
            case null ->
                    WishOrProblem.of(
                            new Wish(
                                    request.subnet(),
                                    null,
                                    List.of(),
                                    request.family(),
                                    fixed,
                                    mac,
                                    true));
            case PoolRequest.Named(var pool) ->
                    WishOrProblem.of(
                            new Wish(
                                    request.subnet(),
                                    pool,
                                    List.of(),
                                    request.family(),
                                    fixed,
                                    mac,
                                    true));
            // what was given is written beside the list that it comes from
            case PoolRequest.Items list when fixed != null && list.items().contains(fixed) ->
                    WishOrProblem.of(Wish.of(request.subnet(), fixed, mac));
            case PoolRequest.Items list -> items(list, request, mac);
        };
    }

    private WishOrProblem items(
            PoolRequest.Items list, PodRequest request, dev.weft.net.@Nullable MacAddress mac) {
        if (!"StatefulSet".equals(pod.ownerKind()) || pod.ownerName() == null) {
            return WishOrProblem.of(
                    new Wish(
                            request.subnet(),
                            null,
                            list.items(),
                            request.family(),
                            null,
                            mac,
                            true));
        }
        var index = StatefulSetView.ordinal(pod.ownerName(), pod.name()).orElse(-1);
        if (index < 0 || index >= list.items().size()) {
            return WishOrProblem.problem(
                    "annotation %s has %d items, none for ordinal %d of %s; lengthen the list or scale in"
                            .formatted(
                                    Annotations.of(Annotations.IP_POOL),
                                    list.items().size(),
                                    index,
                                    pod.ownerName()));
        }
        return WishOrProblem.of(Wish.of(request.subnet(), list.items().get(index), mac));
    }

    private WishOrProblem vip(String name) {
        var vip = facts.vip(name).orElse(null);
        if (vip == null || vip.assigned() == null) {
            return WishOrProblem.problem(
                    "annotation %s %s: there is no such Vip with an address; create it or wait until it has one"
                            .formatted(Annotations.of(Annotations.VIP), name));
        }
        return WishOrProblem.of(Wish.of(vip.subnet(), vip.assigned(), vip.assignedMac()));
    }

    private static String noAttachment(String name) {
        return "network %s: there is no such NetworkAttachmentDefinition; create it"
                .formatted(name);
    }
}
