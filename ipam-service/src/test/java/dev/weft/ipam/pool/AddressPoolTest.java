package dev.weft.ipam.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.net.DualStack;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRangeSet;
import dev.weft.net.MacAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPoolTest {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final MacAddress GATEWAY_MAC = MacAddress.parse("0a:00:00:00:00:01");

    private final AddressPool pool = pool("10.0.0.0/29,fd00::/125", "10.0.0.3");

    static AddressPool pool(String cidrs, String excluded) {
        var networks = DualStack.parseCidrs(cidrs);
        return new AddressPool(
                "blue",
                networks,
                networks.map(cidr -> cidr.hosts().first()),
                IpRangeSet.parse(excluded),
                GATEWAY_MAC);
    }

    @Test
    void handsOutTheLowestFreeAddressOfEachFamilyWithoutGatewayAndExclusions() {
        assertThat(take("a")).hasToString("10.0.0.2,fd00::2");
        assertThat(take("b")).hasToString("10.0.0.4,fd00::3");
        assertThat(take("c")).hasToString("10.0.0.5,fd00::4");
    }

    @Test
    void reusesReleasedAddressesOldestFirstAndOnlyWhenNoOtherIsLeft() {
        for (var port : List.of("a", "b")) {
            take(port);
        }
        release("b", "10.0.0.4,fd00::3");
        release("a", "10.0.0.2,fd00::2");
        assertThat(take("c")).hasToString("10.0.0.5,fd00::4");
        assertThat(take("d")).hasToString("10.0.0.6,fd00::5");
        assertThat(take("e")).hasToString("10.0.0.4,fd00::6");
        assertThat(take("f")).hasToString("10.0.0.2,fd00::7");
    }

    @Test
    void givesBackAReservationAsIfItHadNotBeen() {
        var before = pool.usage();
        var reservation = (Reservation) pool.reserve(AddressRequest.any("a", "a"), NOW);
        pool.undo(reservation);
        assertThat(pool.usage()).isEqualTo(before);
        assertThat(take("b")).isEqualTo(reservation.addresses());
    }

    @Test
    void putsAReusedAddressBackToTheHeadOfItsQueue() {
        var small = pool("10.0.0.0/30", "");
        var first = (Reservation) small.reserve(AddressRequest.any("a", "a"), NOW);
        small.release("a", first.addresses().stream().toList(), first.mac(), NOW);
        var again = (Reservation) small.reserve(AddressRequest.any("b", "b"), NOW);
        small.undo(again);
        assertThat(small.setAside())
                .extracting(Released::address)
                .containsExactly(IpAddress.parse("10.0.0.2"));
    }

    @Test
    void givesAnExcludedAddressToWhoAsksForIt() {
        var answer = pool.reserve(fixed("a", "10.0.0.3"), NOW);
        assertThat(answer).isInstanceOf(Reservation.class);
        assertThat(((Reservation) answer).addresses()).hasToString("10.0.0.3,fd00::2");
        release("a", "10.0.0.3,fd00::2");
        assertThat(pool.setAside())
                .extracting(Released::address)
                .containsExactly(IpAddress.parse("fd00::2"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, ADDRESS_NOT_USABLE",
        "10.0.0.0, ADDRESS_NOT_USABLE",
        "10.0.0.7, ADDRESS_NOT_USABLE",
        "fd00::, ADDRESS_NOT_USABLE",
        "fd00::1, ADDRESS_NOT_USABLE",
        "10.0.1.2, ADDRESS_OUTSIDE_SUBNET",
        "fd01::2, ADDRESS_OUTSIDE_SUBNET"
    })
    void refusesAddressesThatNoPortMayHave(String address, Reason reason) {
        var before = pool.usage();
        assertThat(pool.reserve(fixed("a", address), NOW))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.reason()).isEqualTo(reason);
                            assertThat(refusal.message()).contains(address).contains("blue");
                        });
        assertThat(pool.usage()).isEqualTo(before);
    }

    @Test
    void namesTheHolderOfATakenAddress() {
        take("web-0.shop");
        assertThat(pool.reserve(fixed("b", "10.0.0.2"), NOW))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Reason.ADDRESS_TAKEN);
                            assertThat(refusal.message()).contains("web-0.shop");
                        });
    }

    @Test
    void letsAPortHaveAgainWhatItHolds() {
        take("a");
        assertThat(pool.reserve(fixed("a", "10.0.0.2"), NOW)).isInstanceOf(Reservation.class);
    }

    @Test
    void allocatesOneFamilyWhenOnlyOneIsWanted() {
        var answer = pool.reserve(request("a", Family.IPV6, null, null, "a"), NOW);
        assertThat(((Reservation) answer).addresses()).hasToString("fd00::2");
        assertThat(pool("10.0.0.0/29", "").reserve(request("a", Family.IPV6, null, null, "a"), NOW))
                .extracting(refusal -> ((Refusal) refusal).reason())
                .isEqualTo(Reason.FAMILY_NOT_IN_SUBNET);
    }

    @Test
    void takesNothingWhenOneFamilyIsExhausted() {
        var uneven = pool("10.0.0.0/30,fd00::/64", "");
        assertThat(uneven.reserve(AddressRequest.any("a", "a"), NOW))
                .isInstanceOf(Reservation.class);
        var before = uneven.usage();
        assertThat(uneven.reserve(AddressRequest.any("b", "b"), NOW))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NO_FREE_ADDRESS));
        assertThat(uneven.usage()).isEqualTo(before);
    }

    @Test
    void refusesATakenMacAndTheGatewaysAndNeverMakesUpATakenOne() {
        var taken = MacAddress.derivedFrom("seed");
        pool.reserve(request("a", null, null, taken, "a"), NOW);
        assertThat(pool.check(request("b", null, null, taken, "b"), NOW).orElseThrow().reason())
                .isEqualTo(Reason.MAC_TAKEN);
        assertThat(
                        pool.check(request("b", null, null, GATEWAY_MAC, "b"), NOW)
                                .orElseThrow()
                                .reason())
                .isEqualTo(Reason.MAC_NOT_USABLE);
        var made = (Reservation) pool.reserve(AddressRequest.any("b", "seed"), NOW);
        assertThat(made.mac()).isNotEqualTo(taken);
    }

    @Test
    void handsOutOfAHugeNetworkAtOnce() {
        var huge = pool("fd00::/64", "fd00::2..fd00::ffff:ffff");
        assertThat(((Reservation) huge.reserve(AddressRequest.any("a", "a"), NOW)).addresses())
                .hasToString("fd00::1:0:0");
        assertThat(huge.usage().get(Family.IPV6).used()).isEqualTo(1);
    }

    private DualStack<IpAddress> take(String port) {
        return ((Reservation) pool.reserve(AddressRequest.any(port, port), NOW)).addresses();
    }

    private void release(String port, String addresses) {
        pool.release(port, DualStack.parseAddresses(addresses).stream().toList(), null, NOW);
    }

    private static AddressRequest fixed(String port, String addresses) {
        return request(port, null, DualStack.parseAddresses(addresses), null, port);
    }

    static AddressRequest request(
            String port,
            @Nullable Family only,
            @Nullable DualStack<IpAddress> fixed,
            @Nullable MacAddress mac,
            String seed) {
        return new AddressRequest(port, null, only, fixed, mac, seed);
    }
}
