package dev.weft.lab.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabProcessTest {
    @TempDir private Path lab = Path.of("");

    @AfterEach
    void killWhatIsLeft() {
        LabProcess.killAll(lab);
    }

    @Test
    void startsOnceAndIsFoundAgainByItsPidFile() {
        assertThat(sleeper("one").start()).isTrue();
        assertThat(sleeper("one").start()).isFalse();
        assertThat(sleeper("one").running()).isTrue();
        assertThat(sleeper("two").running()).isFalse();
    }

    @Test
    void stopsAndKills() {
        LabProcess process = sleeper("one");
        process.start();
        process.stop();
        assertThat(process.running()).isFalse();
        process.start();
        process.kill();
        assertThat(process.running()).isFalse();
    }

    @Test
    void tellsTheEndOfTheLogWhenAProcessEndsBeforeItIsReady() {
        LabProcess process =
                process(
                        Launch.of(
                                        "bad",
                                        lab.resolve("bad.log"),
                                        List.of("sh", "-c", "echo no such luck; exit 3"))
                                .readyWhen(() -> false));
        assertThatThrownBy(process::start)
                .hasMessageContaining("bad did not start")
                .hasMessageContaining("no such luck")
                .hasMessageContaining("bad.log");
    }

    @Test
    void doesNotTakeAnotherProcessWithTheSamePidForIts() throws IOException {
        LabProcess process = sleeper("one");
        process.start();
        Path pidFile = lab.resolve("run/one.pid");
        String[] words = Files.readString(pidFile).strip().split(" ");
        Files.writeString(pidFile, words[0] + " " + (Long.parseLong(words[1]) - 1));
        assertThat(process.running()).isFalse();
    }

    @Test
    void killsWhatACrashLeftWithoutPidFile() throws IOException {
        LabProcess process = sleeper("one");
        process.start();
        long pid = process.pid().orElseThrow();
        Files.delete(lab.resolve("run/one.pid"));
        assertThat(LabProcess.killAll(lab)).isEqualTo(1);
        assertThat(ProcFs.alive(pid)).isFalse();
    }

    private LabProcess sleeper(String name) {
        return process(Launch.of(name, lab.resolve(name + ".log"), List.of("sleep", "1000")));
    }

    private LabProcess process(Launch launch) {
        return new LabProcess(lab, launch.name(), () -> launch);
    }
}
