package dev.weft.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void givesTheNearestRankOfUnsortedSamples() {
        var percentiles = Percentiles.of(new long[] {50, 10, 40, 20, 30});

        assertThat(percentiles.at(50)).isEqualTo(30);
        assertThat(percentiles.at(99)).isEqualTo(50);
        assertThat(percentiles.at(0)).isEqualTo(10);
    }

    @Test
    void refusesToSummariseNothing() {
        assertThatThrownBy(() -> Percentiles.of(new long[0])).hasMessageContaining("no samples");
    }
}
