package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of sets, checked against a plain {@link TreeSet} of addresses. */
class IpRangeSetProperties {

    @Provide
    Arbitrary<IpRangeSet> sets() {
        return dev.weft.net.Arbitrary.smallSets();
    }

    @Provide
    Arbitrary<List<IpRange>> ranges() {
        return dev.weft.net.Arbitrary.smallRanges().list().ofMaxSize(8);
    }

    @Property
    void holdsTheAddressesOfItsRanges(@ForAll("ranges") List<IpRange> ranges) {
        assertThat(members(IpRangeSet.of(ranges)))
                .isEqualTo(
                        ranges.stream()
                                .flatMap(IpRangeSetProperties::addresses)
                                .collect(Collectors.toSet()));
    }

    @Property
    void unitesIntersectsAndSubtractsLikeSets(
            @ForAll("sets") IpRangeSet a, @ForAll("sets") IpRangeSet b) {
        var union = members(a);
        union.addAll(members(b));
        var common = members(a);
        common.retainAll(members(b));
        var rest = members(a);
        rest.removeAll(members(b));

        assertThat(members(a.union(b))).isEqualTo(union);
        assertThat(members(a.intersect(b))).isEqualTo(common);
        assertThat(members(a.minus(b))).isEqualTo(rest);
    }

    @Property
    void keepsTheFewestRanges(@ForAll("sets") IpRangeSet a, @ForAll("sets") IpRangeSet b) {
        for (var set : List.of(a, a.union(b), a.intersect(b), a.minus(b))) {
            var ranges = set.ranges();
            for (int i = 1; i < ranges.size(); i++) {
                var before = ranges.get(i - 1);
                var after = ranges.get(i);
                assertThat(before).isLessThan(after);
                assertThat(
                                before.family() != after.family()
                                        || before.last().next().compareTo(after.first()) < 0)
                        .isTrue();
            }
        }
    }

    @Property
    void obeysTheLawsOfSetAlgebra(
            @ForAll("sets") IpRangeSet a,
            @ForAll("sets") IpRangeSet b,
            @ForAll("sets") IpRangeSet c) {
        assertThat(a.union(b)).isEqualTo(b.union(a));
        assertThat(a.intersect(b)).isEqualTo(b.intersect(a));
        assertThat(a.union(b).union(c)).isEqualTo(a.union(b.union(c)));
        assertThat(a.intersect(b.union(c))).isEqualTo(a.intersect(b).union(a.intersect(c)));
        assertThat(a.minus(b.union(c))).isEqualTo(a.minus(b).minus(c));
        assertThat(a.minus(b).union(a.intersect(b))).isEqualTo(a);
        assertThat(a.minus(a)).isEqualTo(IpRangeSet.EMPTY);
    }

    @Property
    void readsBackWhatItWrites(@ForAll("sets") IpRangeSet set) {
        assertThat(IpRangeSet.parse(set.toString())).isEqualTo(set).hasSameHashCodeAs(set);
    }

    @Property
    void knowsItsMembersAndTheirNumber(@ForAll("sets") IpRangeSet set) {
        var members = members(set);
        assertThat(set.size()).isEqualTo(members.size());
        assertThat(set.isEmpty()).isEqualTo(members.isEmpty());
        for (var origin :
                List.of(
                        "0.0.0.0",
                        "255.255.255.192",
                        "::",
                        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffc0")) {
            addresses(new IpRange(IpAddress.parse(origin), IpAddress.parse(origin).plus(63)))
                    .forEach(
                            address ->
                                    assertThat(set.contains(address))
                                            .isEqualTo(members.contains(address)));
        }
        assertThat(set.only(Family.IPV4).union(set.only(Family.IPV6))).isEqualTo(set);
    }

    @Example
    void writesRangesJoinedByCommas() {
        assertThat(IpRangeSet.parse("10.0.0.9, 10.0.0.1..10.0.0.3,10.0.0.4 ,fd00::/126"))
                .hasToString("10.0.0.1..10.0.0.4,10.0.0.9,fd00::..fd00::3");
        assertThat(IpRangeSet.parse(" ")).isEqualTo(IpRangeSet.EMPTY).hasToString("");
    }

    private static Set<IpAddress> members(IpRangeSet set) {
        return set.ranges().stream()
                .flatMap(IpRangeSetProperties::addresses)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<IpAddress> addresses(IpRange range) {
        return Stream.iterate(range.first(), IpAddress::next).limit(range.size().longValueExact());
    }
}
