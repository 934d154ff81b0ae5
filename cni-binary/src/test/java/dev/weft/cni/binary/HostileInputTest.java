package dev.weft.cni.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of wrong calls: each gets the right error, and never reaches the daemon. */
class HostileInputTest {

    @TempDir Path directory;

    @Test
    void everyWrongCallIsRefusedWithTheErrorThatTheSpecificationHasForIt() throws IOException {
        try (var daemon = new FakeDaemon(directory)) {
            var wrong = WrongCall.all(daemon);
            assertThat(wrong).hasSizeGreaterThan(200);
            wrong.forEach(each -> each.assertRefused(each.call().inProcess()));
            assertThat(daemon.received()).isEmpty();
        }
    }
}
