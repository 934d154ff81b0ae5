package dev.weft.net;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;

/**
 * Generators of addresses that meet the edges often: long runs of zeros and ones, and a small pool
 * for collisions.
 */
final class Arbitrary {

    private Arbitrary() {}

    static net.jqwik.api.Arbitrary<Long> bits() {
        var mask = Arbitraries.integers().between(0, 63).map(shift -> -1L << shift);
        return Arbitraries.oneOf(
                List.of(
                        Arbitraries.longs(),
                        mask,
                        mask.map(m -> ~m),
                        Arbitraries.of(0L, -1L, 1L, Long.MIN_VALUE, 0xffffL)));
    }

    static net.jqwik.api.Arbitrary<IpAddress> addresses() {
        var v4 = bits().map(b -> IpAddress.v4(b.intValue()));
        var v6 = Combinators.combine(bits(), bits()).as(IpAddress::v6);
        return Arbitraries.oneOf(List.of(v4, v6));
    }

    static net.jqwik.api.Arbitrary<Cidr> cidrs() {
        return addresses()
                .flatMap(
                        a ->
                                Arbitraries.integers()
                                        .between(0, a.family().bits())
                                        .map(length -> new Cidr(a, length)));
    }

    /** Ranges within 64 addresses at the lower or the upper edge of each family. */
    static net.jqwik.api.Arbitrary<IpRange> smallRanges() {
        var origins =
                Arbitraries.of(
                        "0.0.0.0",
                        "255.255.255.192",
                        "::",
                        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffc0");
        var offset = Arbitraries.longs().between(0, 63);
        return Combinators.combine(origins, offset, offset)
                .as(
                        (origin, a, b) -> {
                            var base = IpAddress.parse(origin);
                            return new IpRange(
                                    base.plus(Math.min(a, b)), base.plus(Math.max(a, b)));
                        });
    }

    static net.jqwik.api.Arbitrary<IpRangeSet> smallSets() {
        return smallRanges().list().ofMaxSize(8).map(IpRangeSet::of);
    }
}
