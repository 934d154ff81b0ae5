package dev.weft.ipam.pool;

import static dev.weft.ipam.pool.AddressPoolTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRangeSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold after any history of a pool. */
class AddressPoolProperties {

    private static final String CIDRS = "10.0.0.0/28,fd00::/124";
    private static final IpRangeSet EXCLUDED = IpRangeSet.parse("10.0.0.5..10.0.0.7,fd00::9");

    /** One step: ask, ask for an address, release, ask and undo. */
    record Step(int kind, int which) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Arbitraries.integers()
                .between(0, 3)
                .flatMap(
                        kind ->
                                Arbitraries.integers()
                                        .between(0, 15)
                                        .map(which -> new Step(kind, which)))
                .list()
                .ofMaxSize(60);
    }

    @Property
    void neverHandsTheSameAddressOrMacToTwo(@ForAll("histories") List<Step> history) {
        var held = play(AddressPoolTest.pool(CIDRS, EXCLUDED.toString()), history);
        var addresses = held.stream().flatMap(r -> r.addresses().stream()).toList();
        assertThat(addresses).doesNotHaveDuplicates();
        assertThat(held).extracting(Reservation::mac).doesNotHaveDuplicates();
    }

    @Property
    void accountsForEveryAddressExactlyOnce(@ForAll("histories") List<Step> history) {
        var pool = AddressPoolTest.pool(CIDRS, EXCLUDED.toString());
        var held = play(pool, history);
        for (var family : Family.values()) {
            var usage = pool.usage().get(family);
            var mine =
                    held.stream()
                            .flatMap(r -> r.addresses().get(family).stream())
                            .collect(Collectors.toCollection(HashSet::new));
            assertThat(usage.used()).isEqualTo(mine.size());
            assertThat(usage.usedRanges().size()).isEqualTo(usage.used());
            assertThat(usage.availableRanges().size()).isEqualTo(usage.available());
            assertThat(usage.usedRanges().intersect(usage.availableRanges()).isEmpty()).isTrue();
            // 13 hosts without gateway, less 3 exclusions; 14 without gateway, less one
            mine.removeIf(EXCLUDED::contains);
            assertThat(usage.available().intValueExact() + mine.size())
                    .isEqualTo(family == Family.IPV4 ? 10 : 13);
        }
    }

    @Property
    void isTheSameAfterTheLedgerTellsItAgain(@ForAll("histories") List<Step> history) {
        var pool = AddressPoolTest.pool(CIDRS, EXCLUDED.toString());
        var held = play(pool, history);
        var again = AddressPoolTest.pool(CIDRS, EXCLUDED.toString());
        held.forEach(r -> again.adopt(r.port(), r.addresses(), r.mac()));
        pool.setAside().forEach(again::setAside);
        assertThat(again.usage()).isEqualTo(pool.usage());
        assertThat(again.reserve(AddressRequest.any("next", "next"), NOW))
                .isEqualTo(pool.reserve(AddressRequest.any("next", "next"), NOW));
    }

    private static List<Reservation> play(AddressPool pool, List<Step> history) {
        var held = new ArrayList<Reservation>();
        int port = 0;
        for (var step : history) {
            var name = "p" + port++;
            switch (step.kind()) {
                case 0 -> keep(held, pool.reserve(AddressRequest.any(name, name), NOW));
                case 1 -> {
                    var wanted = DualStack.of(Family.IPV4, IpAddress.v4(0x0a000000 + step.which()));
                    keep(
                            held,
                            pool.reserve(
                                    AddressPoolTest.request(name, null, wanted, null, name), NOW));
                }
                case 2 -> {
                    if (!held.isEmpty()) {
                        var r = held.remove(step.which() % held.size());
                        pool.release(r.port(), r.addresses().stream().toList(), r.mac(), NOW);
                    }
                }
                default -> {
                    var before = pool.usage();
                    if (pool.reserve(AddressRequest.any(name, name), NOW)
                            instanceof Reservation r) {
                        pool.undo(r);
                    }
                    assertThat(pool.usage()).isEqualTo(before);
                }
            }
        }
        return held;
    }

    private static void keep(List<Reservation> held, PoolAnswer answer) {
        if (answer instanceof Reservation reservation) {
            held.add(reservation);
        }
    }
}
