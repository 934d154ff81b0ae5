package dev.weft.vpc.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.bus.LeaseView;
import dev.weft.net.DualStack;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class OwnersProperties {

    @Property(tries = 300)
    void anOwnerTellsItsPortAndAPortItsOwner(
            @ForAll("names") String namespace,
            @ForAll("names") String pod,
            @ForAll("suffixes") String suffix) {
        var port = pod + "." + namespace + suffix;

        assertThat(Owners.portName(Owners.of(lease(port, namespace, pod)))).isEqualTo(port);
    }

    @Property(tries = 100)
    void aNodeToo(@ForAll("names") String node) {
        var port = "node-" + node;

        assertThat(Owners.of(lease(port, null, node))).isEqualTo(Owners.node(node));
        assertThat(Owners.portName(Owners.node(node))).isEqualTo(port);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("abc-09.").ofMinLength(1).ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> suffixes() {
        return Arbitraries.of("", ".net1.default.ovn", ".x");
    }

    private static LeaseView lease(String port, @Nullable String namespace, String name) {
        return new LeaseView(
                port,
                namespace == null ? "Node" : "Pod",
                namespace,
                name,
                null,
                "ovn-cluster",
                "ovn-default",
                DualStack.parseAddresses("10.16.0.5"),
                "0a:00:00:00:00:05",
                true,
                Instant.EPOCH);
    }
}
