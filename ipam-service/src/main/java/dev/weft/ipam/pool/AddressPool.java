package dev.weft.ipam.pool;

import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.ipam.pool.Reservation.Origin;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRangeSet;
import dev.weft.net.MacAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses and MACs of one subnet, both families. Unasked, an address that was never used is
 * handed out, the lowest first; when there is none, the one that was released longest ago. The
 * gateway and excluded addresses are never handed out unasked, the gateway not at all.
 *
 * <p>The pool follows the ledger: {@link #reserve} before the commit, then nothing more when it
 * went well, or {@link #undo}; {@link #release} after the commit that ended a lease. Not
 * thread-safe.
 */
public final class AddressPool {

    private final String subnet;
    private final MacAddress gatewayMac;
    private final Map<Family, FamilyPool> families = new EnumMap<>(Family.class);

    /** MAC → port. */
    private final Map<MacAddress, String> macs = new HashMap<>();

    /**
     * @param excluded never handed out unasked; the gateways need not be in it
     * @param gatewayMac the MAC of the subnet's router port, which no port may have
     */
    public AddressPool(
            String subnet,
            DualStack<Cidr> cidrs,
            DualStack<IpAddress> gateways,
            IpRangeSet excluded,
            MacAddress gatewayMac) {
        this.subnet = subnet;
        this.gatewayMac = gatewayMac;
        cidrs.stream()
                .forEach(
                        cidr -> {
                            var gateway = gateways.get(cidr.family()).orElseThrow();
                            families.put(cidr.family(), new FamilyPool(cidr, gateway, excluded));
                        });
    }

    /** The subnet's name. */
    public String subnet() {
        return subnet;
    }

    /** Takes what is asked for, or says why it cannot be had; then nothing has changed. */
    public PoolAnswer reserve(AddressRequest request) {
        var refusal = check(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Map<Family, IpAddress> addresses = new EnumMap<>(Family.class);
        Map<Family, Origin> origins = new EnumMap<>(Family.class);
        for (var family : wanted(request)) {
            var pool = pool(family);
            var fixed = request.fixed(family);
            var taken =
                    fixed == null ? pool.takeAny(request.port()) : pool.take(fixed, request.port());
            addresses.put(family, taken.address());
            origins.put(family, taken.origin());
        }
        var mac = request.mac() == null ? unusedMac(request.seed()) : request.mac();
        var own = macs.put(mac, request.port()) != null;
        return new Reservation(subnet, request.port(), both(addresses), mac, both(origins), own);
    }

    /** Why the request cannot be met now; empty when it can. */
    public Optional<Refusal> check(AddressRequest request) {
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
        for (var family : wanted(request)) {
            if (request.fixed(family) == null && !pool(family).hasRoom()) {
                return refuse(
                        Reason.NO_FREE_ADDRESS,
                        "subnet %s has no free %s address left in %s; widen it, remove exclusions or choose another subnet"
                                .formatted(subnet, family, pool(family).cidr()));
            }
        }
        return request.mac() == null ? Optional.empty() : checkMac(request, request.mac());
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

    private Optional<Refusal> checkMac(AddressRequest request, MacAddress mac) {
        if (!mac.isUnicast() || mac.value() == 0 || mac.equals(gatewayMac)) {
            return refuse(
                    Reason.MAC_NOT_USABLE,
                    "mac_address %s is %s; choose a unicast address such as 0a:00:00:00:00:01"
                            .formatted(
                                    mac,
                                    mac.equals(gatewayMac)
                                            ? "the gateway's in subnet " + subnet
                                            : "not one of an interface"));
        }
        var holder = macs.get(mac);
        if (holder != null && !holder.equals(request.port())) {
            return refuse(
                    Reason.MAC_TAKEN,
                    "mac_address %s is held by %s in subnet %s; choose another or remove that one"
                            .formatted(mac, holder, subnet));
        }
        return Optional.empty();
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
            macs.remove(reservation.mac());
        }
    }

    /** The port's addresses and MAC are free; the addresses are set aside. */
    public void release(String port, List<IpAddress> addresses, @Nullable MacAddress mac) {
        for (var address : addresses) {
            var pool = families.get(address.family());
            if (pool != null) {
                pool.release(address, port);
            }
        }
        if (mac != null) {
            macs.remove(mac, port);
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
        macs.put(mac, port);
    }

    /** What the ledger says was used before and is free; to be told in the order of release. */
    public void setAside(IpAddress address) {
        var pool = families.get(address.family());
        if (pool != null) {
            pool.setAside(address);
        }
    }

    /** What waits to be used again, in that order. */
    public List<IpAddress> setAside() {
        return families.values().stream().flatMap(pool -> pool.setAside().stream()).toList();
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

    private Set<Family> wanted(AddressRequest request) {
        return request.only() == null ? families.keySet() : Set.of(request.only());
    }

    private FamilyPool pool(Family family) {
        return java.util.Objects.requireNonNull(families.get(family));
    }

    private MacAddress unusedMac(String seed) {
        for (int attempt = 0; ; attempt++) {
            var mac = MacAddress.derivedFrom(attempt == 0 ? seed : seed + "#" + attempt);
            if (!macs.containsKey(mac) && !mac.equals(gatewayMac)) {
                return mac;
            }
        }
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
