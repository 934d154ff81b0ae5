package dev.weft.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativePartsTest {

    @Test
    void tellsWhichPartsAreNativeAndWhichAreNot() {
        var parts = NativeParts.parse("cni=/bin/true,ipam=/bin/false");
        assertThat(parts.words()).isEqualTo("native: cni, ipam; on a JVM: node-daemon, relay, vpc");
        assertThat(parts.executable("cni")).contains(Path.of("/bin/true"));
        assertThat(parts.executable("vpc")).isEmpty();
        assertThat(NativeParts.parse("").executables()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cni", "northd=/bin/true", "cni=/nowhere/weft", "=/bin/true"})
    void refusesWhatIsNoPartWithAnExecutable(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeParts.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}
