package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CidrProperties {

    @Provide
    Arbitrary<Cidr> cidrs() {
        return dev.weft.net.Arbitrary.cidrs();
    }

    @Provide
    Arbitrary<IpAddress> addresses() {
        return dev.weft.net.Arbitrary.addresses();
    }

    @Property
    void readsBackWhatItWrites(@ForAll("cidrs") Cidr cidr) {
        assertThat(Cidr.parse(cidr.toString())).isEqualTo(cidr);
    }

    @Property
    void containsWhatItsRangeContains(
            @ForAll("cidrs") Cidr cidr, @ForAll("addresses") IpAddress address) {
        assertThat(cidr.contains(address)).isEqualTo(cidr.range().contains(address));
        assertThat(cidr.contains(cidr.first()) && cidr.contains(cidr.last())).isTrue();
        assertThat(cidr.range().size()).isEqualTo(cidr.size());
    }

    @Property
    void overlapsWhenTheRangesDo(@ForAll("cidrs") Cidr a, @ForAll("cidrs") Cidr b) {
        assertThat(a.overlaps(b)).isEqualTo(a.range().overlaps(b.range())).isEqualTo(b.overlaps(a));
        assertThat(a.contains(b)).isEqualTo(a.range().contains(b.range()));
    }
}
