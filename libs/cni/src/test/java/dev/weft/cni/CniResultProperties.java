package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CniResultProperties {

    @Property
    void mergingTwiceChangesNothing(
            @ForAll("results") CniResult previous, @ForAll("results") CniResult ours) {
        var once = ours.mergedOnto(previous);
        assertThat(ours.mergedOnto(once)).isEqualTo(once);
    }

    @Property
    void mergingLosesNothingOfEither(
            @ForAll("results") CniResult previous, @ForAll("results") CniResult ours) {
        var merged = ours.mergedOnto(previous);
        assertThat(merged.interfaces().stream().map(CniInterface::name))
                .containsAll(previous.interfaces().stream().map(CniInterface::name).toList())
                .containsAll(ours.interfaces().stream().map(CniInterface::name).toList());
        for (var result : List.of(previous, ours)) {
            for (var ip : result.ips()) {
                assertThat(merged.ips())
                        .anyMatch(
                                other ->
                                        other.address().equals(ip.address())
                                                && nameOf(merged, other)
                                                        .equals(nameOf(result, ip)));
            }
        }
    }

    @Property
    void everyVersionIsStableUnderReadingAndWriting(
            @ForAll("results") CniResult result, @ForAll CniVersion version) {
        var json = result.toJson(version);
        assertThat(CniResult.parse(Fields.of(json)).toJson(version)).isEqualTo(json);
    }

    private static String nameOf(CniResult result, CniIp ip) {
        var index = ip.interfaceIndex();
        return index == null ? "" : result.interfaces().get(index.intValue()).name();
    }

    @Provide
    Arbitrary<CniResult> results() {
        var names = Arbitraries.of("lo", "eth0", "eth1", "net1", "veth0");
        var interfaces = names.list().uniqueElements().ofMinSize(1).ofMaxSize(4);
        var addresses =
                Arbitraries.of("10.0.0.1/24", "10.0.0.2/24", "fd00::1/64", "fd00::2/64")
                        .list()
                        .uniqueElements()
                        .ofMaxSize(4);
        var routes = Arbitraries.of("0.0.0.0/0", "::/0", "10.1.0.0/16").list().uniqueElements();
        return Combinators.combine(
                        interfaces, addresses, routes, Arbitraries.integers().between(0, 3))
                .as(
                        (ifs, ips, dsts, at) ->
                                new CniResult(
                                        ifs.stream()
                                                .map(
                                                        name ->
                                                                CniInterface.of(
                                                                        name,
                                                                        "0a:00:00:00:00:01",
                                                                        "/n",
                                                                        1400))
                                                .toList(),
                                        ips.stream()
                                                .map(
                                                        ip ->
                                                                new CniIp(
                                                                        ip,
                                                                        null,
                                                                        at < ifs.size()
                                                                                ? (long) at
                                                                                : null))
                                                .toList(),
                                        dsts.stream().map(dst -> CniRoute.of(dst, null)).toList(),
                                        CniDns.NONE));
    }
}
