package dev.weft.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.check.Connectivity.Measured;
import dev.weft.lab.check.Probe.Kind;
import dev.weft.lab.host.NetNs;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MatrixTest {
    @Test
    void isGoodWhenEveryKindWasMeasuredInBothFamiliesAndAnswered() {
        assertThat(new Matrix(all()).ok()).isTrue();
    }

    @Test
    void isNotGoodWhenAFamilyWasNotMeasured() {
        List<Measured> measured = new ArrayList<>(all());
        measured.removeIf(one -> one.probe().kind() == Kind.GATEWAY && one.probe().ipv6());
        assertThat(new Matrix(measured).ok()).isFalse();
        assertThat(new Matrix(measured).table()).contains("not measured");
    }

    @Test
    void namesTheWaysThatDoNotWork() {
        List<Measured> measured = new ArrayList<>(all());
        Probe dead = probe(Kind.NODE_TO_POD, "10.16.0.9");
        measured.add(new Measured(dead, OptionalDouble.empty()));
        Matrix matrix = new Matrix(measured);
        assertThat(matrix.ok()).isFalse();
        assertThat(matrix.failures()).containsExactly(dead);
        assertThat(matrix.table()).contains("1/2 FAILED");
    }

    private static List<Measured> all() {
        List<Measured> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.add(new Measured(probe(kind, "10.16.0.2"), OptionalDouble.of(0.5)));
            all.add(new Measured(probe(kind, "fd00:10:16::2"), OptionalDouble.of(0.5)));
        }
        return all;
    }

    private static Probe probe(Kind kind, String address) {
        return new Probe(kind, new NetNs("nowhere"), "a", address, "b");
    }
}
