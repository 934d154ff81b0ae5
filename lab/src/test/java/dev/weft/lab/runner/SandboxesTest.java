package dev.weft.lab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void findsWhatARunnerBeforeItMade() {
        Sandbox sandbox =
                new Sandbox(
                        "shop",
                        "web",
                        "u-1",
                        "n1",
                        true,
                        List.of("10.16.0.2", "fd00::2"),
                        "0a:00:00:00:00:01");
        new Sandboxes(folder).put(sandbox);
        assertThat(new Sandboxes(folder).all()).containsExactly(sandbox);
    }

    @Test
    void tellsAPodFromALaterOneOfTheSameName() {
        Sandboxes sandboxes = new Sandboxes(folder);
        sandboxes.put(Sandbox.begun(new PodKey("shop", "web", "u-1"), "n1"));
        assertThat(sandboxes.of(new PodKey("shop", "web", "u-2"))).isEmpty();
    }

    @Test
    void forgetsWhatWasTakenDown() {
        Sandboxes sandboxes = new Sandboxes(folder);
        Sandbox sandbox = Sandbox.begun(new PodKey("shop", "web", "u-1"), "n1");
        sandboxes.put(sandbox);
        sandboxes.remove(sandbox);
        assertThat(sandboxes.all()).isEmpty();
        assertThat(new Sandboxes(folder).all()).isEmpty();
    }
}
