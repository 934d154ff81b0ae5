package dev.weft.ipam.lease;

import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are asked for.
 *
 * @param subnet the subnet asked for by name, null for the namespace's or the default one
 * @param pool the IPPool asked for by name, null for none
 * @param items addresses of which the first free item will do; empty when none are listed
 * @param only one family alone, null for all of the subnet
 * @param fixed addresses asked for
 * @param mac the MAC asked for
 * @param insists whether the fixed addresses are a condition; else others will do
 */
public record Wish(
        @Nullable String subnet,
        @Nullable String pool,
        List<DualStack<IpAddress>> items,
        @Nullable Family only,
        @Nullable DualStack<IpAddress> fixed,
        @Nullable MacAddress mac,
        boolean insists) {

    /** Nothing in particular. */
    public static final Wish ANY = new Wish(null, null, List.of(), null, null, null, true);

    /** Any address of that subnet. */
    public static Wish in(@Nullable String subnet) {
        return new Wish(subnet, null, List.of(), null, null, null, true);
    }

    /** Those addresses of that subnet. */
    public static Wish of(
            @Nullable String subnet,
            @Nullable DualStack<IpAddress> fixed,
            @Nullable MacAddress mac) {
        return new Wish(subnet, null, List.of(), null, fixed, mac, true);
    }

    /** The same with these addresses if they can be had, else any. */
    public Wish preferring(DualStack<IpAddress> addresses, @Nullable MacAddress itsMac) {
        return new Wish(subnet, pool, items, only, addresses, itsMac, false);
    }

    /** Whether these addresses are what is asked for. */
    boolean allows(DualStack<IpAddress> addresses, MacAddress itsMac) {
        boolean family = only == null || addresses.families().equals(java.util.Set.of(only));
        boolean asked =
                fixed == null
                        || fixed.stream()
                                .allMatch(
                                        one ->
                                                addresses
                                                        .get(one.family())
                                                        .filter(one::equals)
                                                        .isPresent());
        boolean listed = items.isEmpty() || items.contains(addresses);
        return family && asked && listed && (mac == null || mac.equals(itsMac));
    }
}
