package dev.weft.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    @Test
    void tellsTheReasonThatACauseKeeps() {
        var failure =
                new IllegalStateException(
                        "demo: An error has occurred.",
                        new IOException("the timeout period of 10000ms has been exceeded"));
        assertThat(Reasons.of(failure))
                .isEqualTo(
                        "demo: An error has occurred.: the timeout period of 10000ms has been exceeded");
    }

    @Test
    void saysEverythingOnce() {
        var cause = new IOException("no such file: lab.json");
        assertThat(Reasons.of(new IllegalStateException(new UncheckedIOException(cause))))
                .isEqualTo(
                        "java.io.UncheckedIOException: java.io.IOException: no such file: lab.json");
        assertThat(Reasons.of(new UncheckedIOException("unreadable", cause)))
                .isEqualTo("unreadable: no such file: lab.json");
        assertThat(Reasons.of(new NullPointerException(null))).isEqualTo("NullPointerException");
    }
}
