package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class CniVersionTest {

    @Test
    void listsTheVersionsOldestFirst() {
        assertThat(CniVersion.texts()).containsExactly("0.3.1", "0.4.0", "1.0.0", "1.1.0");
    }

    @Test
    void refusesAVersionThatWeDoNotSpeakAndSaysWhichWeDo() {
        assertThatExceptionOfType(CniException.class)
                .isThrownBy(() -> CniVersion.parse("0.2.0"))
                .withMessageContaining("'0.2.0', supported are 0.3.1, 0.4.0, 1.0.0, 1.1.0")
                .matches(e -> e.is(CniErrorCode.INCOMPATIBLE_VERSION));
    }
}
