package dev.weft.ipam.pool;

import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.ipam.pool.Reservation.Origin;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRangeSet;
import dev.weft.net.MacAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses and MACs of one subnet, both families. Unasked, an address that was never used is
 * handed out, the lowest first; when there is none, the one that was released longest ago, if it
 * has been free as long as the quarantine. The gateway and excluded addresses are never handed out
 * unasked, the gateway not at all; those of a named pool only to who asks for that pool.
 *
 * <p>The pool follows the ledger: {@link #reserve} before the commit, then nothing more when it
 * went well, or {@link #undo}; {@link #release} after the commit that ended a lease. Not
 * thread-safe.
 */
public final class AddressPool {

    private final String subnet;
    private final Map<Family, FamilyPool> families = new EnumMap<>(Family.class);

    private final MacBook macs;

    /**
     * @param excluded never handed out unasked; the gateways need not be in it
     * @param gatewayMac the MAC of the subnet's router port, which no port may have
     * @param named ranges that are handed out only to who asks for that pool; without overlap
     * @param quarantine how long a released address is not handed out unasked
     */
    public AddressPool(
            String subnet,
            DualStack<Cidr> cidrs,
            DualStack<IpAddress> gateways,
            IpRangeSet excluded,
            MacAddress gatewayMac,
            Map<String, IpRangeSet> named,
            Duration quarantine) {
        this.subnet = subnet;
        this.macs = new MacBook(subnet, gatewayMac);
        cidrs.stream()
                .forEach(
                        cidr -> {
                            var gateway = gateways.get(cidr.family()).orElseThrow();
                            families.put(
                                    cidr.family(),
                                    new FamilyPool(cidr, gateway, excluded, named, quarantine));
                        });
    }

    /** A pool without named parts and without quarantine. */
    public AddressPool(
            String subnet,
            DualStack<Cidr> cidrs,
            DualStack<IpAddress> gateways,
            IpRangeSet excluded,
            MacAddress gatewayMac) {
        this(subnet, cidrs, gateways, excluded, gatewayMac, Map.of(), Duration.ZERO);
    }

    /** The subnet's name. */
    public String subnet() {
        return subnet;
    }

    /** Takes what is asked for, or says why it cannot be had; then nothing has changed. */
    public PoolAnswer reserve(AddressRequest request, Instant now) {
        var refusal = check(request, now);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Map<Family, IpAddress> addresses = new EnumMap<>(Family.class);
        Map<Family, Origin> origins = new EnumMap<>(Family.class);
        for (var family : wanted(request)) {
            var pool = pool(family);
            var fixed = request.fixed(family);
            var taken =
                    fixed == null
                            ? pool.takeAny(free(pool, request), request.port())
                            : pool.take(fixed, request.port());
            addresses.put(family, taken.address());
            origins.put(family, taken.origin());
        }
        var mac = request.mac() == null ? macs.unused(request.seed()) : request.mac();
        var own = macs.take(mac, request.port());
        return new Reservation(subnet, request.port(), both(addresses), mac, both(origins), own);
    }

    /** Why the request cannot be met now; empty when it can. */
    public Optional<Refusal> check(AddressRequest request, Instant now) {
        if (request.only() != null && !families.containsKey(request.only())) {
            return refuse(
                    Reason.FAMILY_NOT_IN_SUBNET,
                    "ip_family %s: subnet %s has only %s; ask for that family or choose another subnet"
                            .formatted(request.only(), subnet, cidrs()));
        }
        if (request.fixed() != null) {
            for (var address : request.fixed().stream().toList()) {
                var refusal = checkFixed(request, address);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        }
        var families = wanted(request);
        if (request.pool() != null && families.isEmpty()) {
            return refuse(
                    Reason.NO_FREE_ADDRESS,
                    "IPPool %s has no address of subnet %s (%s) that may be handed out; change its ips"
                            .formatted(request.pool(), subnet, cidrs()));
        }
        for (var family : families) {
            if (request.fixed(family) == null) {
                var free = free(pool(family), request);
                if (!free.hasRoom(now)) {
                    return Optional.of(full(request, family, free));
                }
            }
        }
        return request.mac() == null ? Optional.empty() : macs.check(request.mac(), request.port());
    }

    private Refusal full(AddressRequest request, Family family, FreeAddresses free) {
        var where =
                request.pool() == null
                        ? "subnet %s (%s)".formatted(subnet, pool(family).cidr())
                        : "IPPool %s of subnet %s".formatted(request.pool(), subnet);
        var again = free.nextRoom();
        return again == null
                ? new Refusal(
                        Reason.NO_FREE_ADDRESS,
                        "%s has no free %s address left; widen it, remove exclusions or choose another"
                                .formatted(where, family))
                : new Refusal(
                        Reason.IN_QUARANTINE,
                        "%s has only %s addresses left that were released a moment ago; one is given when its quarantine is over"
                                .formatted(where, family),
                        again);
    }

    private Optional<Refusal> checkFixed(AddressRequest request, IpAddress address) {
        var family = address.family();
        var pool = families.get(family);
        if (pool == null || !pool.contains(address)) {
            return refuse(
                    Reason.ADDRESS_OUTSIDE_SUBNET,
                    "ip_address %s is not in subnet %s (%s); choose one that is"
                            .formatted(address, subnet, cidrs()));
        }
        if (request.only() != null && request.only() != family) {
            return refuse(
                    Reason.FAMILY_NOT_IN_SUBNET,
                    "ip_address %s is not %s, which ip_family asks for; change one of the two"
                            .formatted(address, request.only()));
        }
        if (!pool.isUsable(address)) {
            return refuse(
                    Reason.ADDRESS_NOT_USABLE,
                    "ip_address %s is the gateway, network or broadcast address of subnet %s; choose another"
                            .formatted(address, subnet));
        }
        var holder = pool.holder(address);
        if (holder != null && !holder.equals(request.port())) {
            return refuse(
                    Reason.ADDRESS_TAKEN,
                    "ip_address %s of subnet %s is held by %s; choose another or remove that one"
                            .formatted(address, subnet, holder));
        }
        return Optional.empty();
    }

    /**
     * Takes addresses for a port that has them in fact, whatever the rules say; those outside the
     * subnet are nobody's business here.
     */
    public PoolAnswer restore(String port, DualStack<IpAddress> addresses, MacAddress mac) {
        for (var address : addresses.stream().toList()) {
            var pool = families.get(address.family());
            var holder = pool == null ? null : pool.holder(address);
            if (holder != null && !holder.equals(port)) {
                return new Refusal(
                        Reason.ADDRESS_TAKEN,
                        "%s of subnet %s is held by %s".formatted(address, subnet, holder));
            }
        }
        Map<Family, Origin> origins = new EnumMap<>(Family.class);
        addresses.stream()
                .forEach(
                        address -> {
                            var pool = families.get(address.family());
                            origins.put(
                                    address.family(),
                                    pool == null || !pool.contains(address)
                                            ? Origin.OWN
                                            : pool.take(address, port).origin());
                        });
        return new Reservation(subnet, port, addresses, mac, both(origins), macs.take(mac, port));
    }

    /** Puts back what a reservation took; the next request gets it as if nothing had happened. */
    public void undo(Reservation reservation) {
        reservation.addresses().stream()
                .forEach(
                        address ->
                                pool(address.family())
                                        .undo(
                                                address,
                                                reservation
                                                        .origins()
                                                        .get(address.family())
                                                        .orElseThrow()));
        if (!reservation.macWasOwn()) {
            macs.release(reservation.mac(), reservation.port());
        }
    }

    /** The port's addresses and MAC are free; the addresses are set aside. */
    public void release(
            String port, List<IpAddress> addresses, @Nullable MacAddress mac, Instant at) {
        for (var address : addresses) {
            var pool = families.get(address.family());
            if (pool != null) {
                pool.release(address, port, at);
            }
        }
        if (mac != null) {
            macs.release(mac, port);
        }
    }

    /**
     * What the ledger says is leased, whatever the rules of today: also an address that is excluded
     * by now.
     */
    public void adopt(String port, DualStack<IpAddress> addresses, MacAddress mac) {
        addresses.stream()
                .filter(address -> families.containsKey(address.family()))
                .filter(address -> pool(address.family()).contains(address))
                .forEach(address -> pool(address.family()).take(address, port));
        macs.take(mac, port);
    }

    /** What the ledger says was used before and is free; to be told in the order of release. */
    public void setAside(Released released) {
        var pool = families.get(released.address().family());
        if (pool != null) {
            pool.setAside(released);
        }
    }

    /** What waits to be used again, in that order. */
    public List<Released> setAside() {
        return families.values().stream().flatMap(FamilyPool::setAside).toList();
    }

    /** Since when the address is free after it was used; empty when it never was, or is held. */
    public Optional<Instant> releasedAt(IpAddress address) {
        var pool = families.get(address.family());
        return Optional.ofNullable(pool == null ? null : pool.releasedAt(address));
    }

    /** Whether any family of the pool has this address among its own. */
    public boolean contains(IpAddress address) {
        var pool = families.get(address.family());
        return pool != null && pool.contains(address);
    }

    /** How the addresses of each family are used. O(n): for status and reports. */
    public Map<Family, Usage> usage() {
        Map<Family, Usage> usage = new EnumMap<>(Family.class);
        families.forEach((family, pool) -> usage.put(family, pool.usage()));
        return usage;
    }

    /** Whether the addresses are all of that named pool. */
    public boolean isOf(String pool, DualStack<IpAddress> addresses) {
        return addresses.stream()
                .allMatch(
                        address -> {
                            var family = families.get(address.family());
                            var part = family == null ? null : family.free(pool);
                            return part != null && part.offered().contains(address);
                        });
    }

    /** How the addresses of a named pool are used. O(n): for status and reports. */
    public Map<Family, Usage> usage(String pool) {
        Map<Family, Usage> usage = new EnumMap<>(Family.class);
        families.forEach((family, part) -> usage.put(family, part.usage(pool)));
        return usage;
    }

    /**
     * How full it is, by family.
     *
     * @param pool a named pool; null for what is in none
     */
    public Map<Family, Fill> fill(@Nullable String pool) {
        Map<Family, Fill> fill = new EnumMap<>(Family.class);
        families.forEach((family, part) -> fill.put(family, part.fill(pool)));
        return fill;
    }

    /** The families to give an address of: those of the subnet, or those that the pool has. */
    private Set<Family> wanted(AddressRequest request) {
        var wanted = EnumSet.noneOf(Family.class);
        for (var family : request.only() == null ? families.keySet() : Set.of(request.only())) {
            if (request.fixed(family) != null || pool(family).free(request.pool()) != null) {
                wanted.add(family);
            }
        }
        return wanted;
    }

    private static FreeAddresses free(FamilyPool pool, AddressRequest request) {
        return java.util.Objects.requireNonNull(pool.free(request.pool()));
    }

    private FamilyPool pool(Family family) {
        return java.util.Objects.requireNonNull(families.get(family));
    }

    private String cidrs() {
        return families.values().stream()
                .map(pool -> pool.cidr().toString())
                .collect(Collectors.joining(","));
    }

    private static <T> DualStack<T> both(Map<Family, T> members) {
        return new DualStack<>(members.get(Family.IPV4), members.get(Family.IPV6));
    }

    private static Optional<Refusal> refuse(Reason reason, String message) {
        return Optional.of(new Refusal(reason, message));
    }
}
