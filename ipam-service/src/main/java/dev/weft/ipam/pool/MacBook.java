package dev.weft.ipam.pool;

import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.net.MacAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The MACs that ports of one subnet have; no two share one. */
final class MacBook {

    private final String subnet;
    private final MacAddress gateway;

    /** MAC → port. */
    private final Map<MacAddress, String> held = new HashMap<>();

    /**
     * @param gateway the MAC of the subnet's router port, which no port may have
     */
    MacBook(String subnet, MacAddress gateway) {
        this.subnet = subnet;
        this.gateway = gateway;
    }

    /** Why the port cannot have the MAC; empty when it can. */
    Optional<Refusal> check(MacAddress mac, String port) {
        if (!mac.isUnicast() || mac.value() == 0 || mac.equals(gateway)) {
            return Optional.of(
                    new Refusal(
                            Reason.MAC_NOT_USABLE,
                            "mac_address %s is %s; choose a unicast address such as 0a:00:00:00:00:01"
                                    .formatted(
                                            mac,
                                            mac.equals(gateway)
                                                    ? "the gateway's in subnet " + subnet
                                                    : "not one of an interface")));
        }
        var holder = held.get(mac);
        if (holder == null || holder.equals(port)) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        Reason.MAC_TAKEN,
                        "mac_address %s is held by %s in subnet %s; choose another or remove that one"
                                .formatted(mac, holder, subnet)));
    }

    /** A MAC that follows from the seed and that nobody has. */
    MacAddress unused(String seed) {
        for (int attempt = 0; ; attempt++) {
            var mac = MacAddress.derivedFrom(attempt == 0 ? seed : seed + "#" + attempt);
            if (!held.containsKey(mac) && !mac.equals(gateway)) {
                return mac;
            }
        }
    }

    /**
     * The MAC is the port's.
     *
     * @return whether it was already
     */
    boolean take(MacAddress mac, String port) {
        return held.put(mac, port) != null;
    }

    /** The MAC is free, if the port has it. */
    void release(MacAddress mac, String port) {
        held.remove(mac, port);
    }
}
