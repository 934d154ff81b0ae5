package dev.weft.net;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class MacAddressProperties {

    @Property
    void readsBackWhatItWrites(@ForAll @LongRange(min = 0, max = (1L << 48) - 1) long value) {
        var mac = new MacAddress(value);
        assertThat(MacAddress.parse(mac.toString())).isEqualTo(mac);
        assertThat(MacAddress.parse(mac.toString().toUpperCase().replace(':', '-'))).isEqualTo(mac);
        assertThat(MacAddress.of(mac.toBytes())).isEqualTo(mac);
    }
}
