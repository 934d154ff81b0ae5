package dev.weft.ipam.lease;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.ipam.lease.Subnets.Place;
import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.AddressRequest;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.kube.Names;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a port's addresses come from. A pod's subnet is the one of its annotation {@code
 * logical_switch}, else that of the IPPool it names, else the first with room of those bound to its
 * namespace, else the cluster's default one; a node's is the join subnet. A port of another network
 * takes the subnet of that network's provider.
 */
final class Placement {

    private final Subnets subnets;
    private final Instant now;

    /** What became of looking for a place. */
    sealed interface Answer {}

    /** There is one. */
    record Found(Subnets.Serving subnet, AddressRequest request) implements Answer {}

    /** There is none. */
    record NotFound(Refusal refusal, List<Place> tried) implements Answer {}

    /** What is held is not what is asked for now. */
    record Elsewhere() implements Answer {}

    Placement(Subnets subnets, Instant now) {
        this.subnets = subnets;
        this.now = now;
    }

    /** Addresses that nobody holds. */
    Answer find(Claim.Wanted wanted) {
        var places = places(wanted);
        if (places.isEmpty()) {
            return new NotFound(nowhere(wanted), List.of());
        }
        Refusal first = null;
        for (var place : places) {
            var answer = attempt(wanted, place);
            if (answer instanceof Found) {
                return answer;
            }
            var refusal = ((NotFound) answer).refusal();
            first = first == null ? refusal : soonest(first, refusal);
        }
        var refusal = Objects.requireNonNull(first);
        return new NotFound(
                places.size() == 1
                        ? refusal
                        : new Refusal(
                                refusal.reason(),
                                refusal.message()
                                        + " (tried all that is bound to the namespace: "
                                        + places
                                        + ")",
                                refusal.again()),
                places);
    }

    /** The addresses that a namesake held, if they are what is asked for. */
    Answer handOver(Claim.Wanted wanted, Lease held) {
        var place =
                places(wanted).stream()
                        .filter(candidate -> candidate.subnet().equals(held.subnet()))
                        .findFirst();
        if (place.isEmpty() || !wanted.wish().allows(held.addresses(), held.mac())) {
            return new Elsewhere();
        }
        return switch (subnets.find(held.subnet()).orElse(null)) {
            case null -> new Elsewhere();
            case Subnets.Closed(var why) -> new NotFound(why, List.of());
            case Subnets.Serving serving -> {
                var pool = place.get().pool();
                yield pool != null && !serving.pool().isOf(pool, held.addresses())
                        ? new Elsewhere()
                        : new Found(
                                serving,
                                new AddressRequest(
                                        held.port(),
                                        pool,
                                        only(held),
                                        held.addresses(),
                                        held.mac(),
                                        held.port()));
            }
        };
    }

    private static dev.weft.net.@Nullable Family only(Lease held) {
        var families = held.addresses().families();
        return families.size() == 1 ? families.iterator().next() : null;
    }

    private List<Place> places(Claim.Wanted wanted) {
        var owner = wanted.owner();
        if (owner.kind() == Kind.NODE) {
            return List.of(Place.in(Names.JOIN_SUBNET));
        }
        var wish = wanted.wish();
        if (wish.pool() != null) {
            var pool = subnets.pool(wish.pool()).orElse(null);
            var named = wish.subnet() != null ? wish.subnet() : pool == null ? "" : pool.subnet();
            return List.of(new Place(named, wish.pool()));
        }
        if (wish.subnet() != null) {
            return List.of(Place.in(wish.subnet()));
        }
        if (!wanted.network().equals(Names.PRIMARY_PROVIDER)) {
            return subnets.ofProvider(wanted.network());
        }
        var bound = subnets.boundTo(String.valueOf(owner.namespace()));
        if (wish.fixed() != null || !wish.items().isEmpty()) {
            // who asks for an address does not ask for a pool
            bound = bound.stream().map(Place::subnet).distinct().map(Place::in).toList();
        }
        return bound.isEmpty() ? List.of(Place.in(Names.DEFAULT_SUBNET)) : bound;
    }

    private Answer attempt(Claim.Wanted wanted, Place place) {
        var wrongPool = checkPool(wanted, place);
        if (wrongPool.isPresent()) {
            return notFound(wrongPool.get(), place);
        }
        return switch (subnets.find(place.subnet()).orElse(null)) {
            case null ->
                    notFound(
                            new Refusal(Reason.NO_SUCH_SUBNET, noSuchSubnet(wanted, place)), place);
            case Subnets.Closed(var why) -> notFound(why, place);
            case Subnets.Serving serving -> {
                var unfit = unfit(wanted, place, serving);
                yield unfit.isPresent()
                        ? notFound(unfit.get(), place)
                        : attempt(wanted, place, serving);
            }
        };
    }

    private Answer attempt(Claim.Wanted wanted, Place place, Subnets.Serving serving) {
        var request = request(wanted, place);
        if (!wanted.wish().items().isEmpty()) {
            return firstFree(wanted.wish().items(), request, serving, place);
        }
        var refusal = serving.pool().check(request, now);
        if (refusal.isPresent() && !wanted.wish().insists()) {
            request = AddressRequest.any(request.port(), request.seed());
            refusal = serving.pool().check(request, now);
        }
        return refusal.isPresent() ? notFound(refusal.get(), place) : new Found(serving, request);
    }

    /** The first item that never was used, else the one that was released longest ago. */
    private Answer firstFree(
            List<DualStack<IpAddress>> items,
            AddressRequest request,
            Subnets.Serving serving,
            Place place) {
        var pool = serving.pool();
        Refusal last = null;
        AddressRequest best = null;
        var bestSince = Instant.MAX;
        for (var item : items) {
            var asked = request.withFixed(item);
            var refusal = pool.check(asked, now);
            if (refusal.isPresent()) {
                last = refusal.get();
                continue;
            }
            var since = lastUsed(pool, item);
            if (best == null || since.isBefore(bestSince)) {
                best = asked;
                bestSince = since;
            }
            if (since.equals(Instant.MIN)) {
                break;
            }
        }
        if (best != null) {
            return new Found(serving, best);
        }
        var refusal = Objects.requireNonNull(last);
        return notFound(
                items.size() == 1
                        ? refusal
                        : new Refusal(
                                refusal.reason(),
                                "none of the %d items of ip_pool is free; the last: %s"
                                        .formatted(items.size(), refusal.message())),
                place);
    }

    private static Instant lastUsed(AddressPool pool, DualStack<IpAddress> item) {
        return item.stream()
                .map(address -> pool.releasedAt(address).orElse(Instant.MIN))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private Optional<Refusal> checkPool(Claim.Wanted wanted, Place place) {
        if (place.pool() == null) {
            return Optional.empty();
        }
        var state = subnets.pool(place.pool()).orElse(null);
        if (state == null) {
            return Optional.of(
                    new Refusal(
                            Reason.NO_SUCH_POOL,
                            "ip_pool %s: there is no such IPPool; create it or name another"
                                    .formatted(place.pool())));
        }
        if (state.refusal() != null) {
            return Optional.of(state.refusal());
        }
        return state.subnet().equals(place.subnet())
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Reason.POOL_OF_OTHER_SUBNET,
                                "IPPool %s is of subnet %s, logical_switch asks for %s; change one of the two"
                                        .formatted(place.pool(), state.subnet(), place.subnet())));
    }

    private Optional<Refusal> unfit(Claim.Wanted wanted, Place place, Subnets.Serving serving) {
        if (wanted.owner().kind() != Kind.POD) {
            return Optional.empty();
        }
        if (!serving.forPods() || !serving.provider().equals(wanted.network())) {
            return Optional.of(
                    new Refusal(
                            Reason.SUBNET_NOT_FOR_PODS,
                            "logical_switch %s is not for pods' %s interfaces; choose another subnet"
                                    .formatted(
                                            place.subnet(),
                                            wanted.network().equals(Names.PRIMARY_PROVIDER)
                                                    ? "primary"
                                                    : wanted.network())));
        }
        var chosen = wanted.wish().subnet() != null || wanted.wish().pool() != null;
        var namespace = String.valueOf(wanted.owner().namespace());
        return !chosen || subnets.mayChoose(namespace, place.subnet())
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Reason.SUBNET_BOUND_TO_OTHERS,
                                "subnet %s is bound to namespaces, %s is not one of them; add it to spec.namespaces or choose another subnet"
                                        .formatted(place.subnet(), namespace)));
    }

    private static AddressRequest request(Claim.Wanted wanted, Place place) {
        var port = new PortKey(wanted.owner().key(), wanted.provider()).port();
        // another life of the same name gets another MAC, so that neighbours do not mix them up
        var seed = port + "/" + wanted.owner().uid();
        var wish = wanted.wish();
        return new AddressRequest(port, place.pool(), wish.only(), wish.fixed(), wish.mac(), seed);
    }

    private static Refusal nowhere(Claim.Wanted wanted) {
        return new Refusal(
                Reason.NO_SUCH_NETWORK,
                "no subnet has spec.provider %s; create one".formatted(wanted.network()));
    }

    private static String noSuchSubnet(Claim.Wanted wanted, Place place) {
        return wanted.wish().subnet() != null
                ? "logical_switch %s: there is no such subnet; create it or name another"
                        .formatted(place.subnet())
                : place.subnet().equals(Names.DEFAULT_SUBNET)
                                || place.subnet().equals(Names.JOIN_SUBNET)
                        ? "subnet %s does not exist yet; it is created by vpc-service"
                                .formatted(place.subnet())
                        : "subnet %s does not exist; create it".formatted(place.subnet());
    }

    private static NotFound notFound(Refusal refusal, Place place) {
        return new NotFound(refusal, List.of(place));
    }

    /** The first refusal, with the time at which any of the two may pass. */
    private static Refusal soonest(Refusal first, Refusal second) {
        if (second.again() == null
                || first.again() != null && !second.again().isBefore(first.again())) {
            return first;
        }
        return new Refusal(first.reason(), first.message(), second.again());
    }
}
