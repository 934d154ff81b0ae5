package dev.weft.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.lab.host.Command;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.NetNs;
import dev.weft.lab.host.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The parts that are not ours, really started. */
class LabIT {
    private static final LabLayout LAYOUT = LabLayout.ofCheckout("lab");
    private static final LabSpec BARE = new LabSpec(1, LabSpec.Kube.ofTests(), false);

    @BeforeEach
    @AfterEach
    void removeAll() {
        LabDown.down(LAYOUT);
    }

    @Test
    void comesUpOnceIsFoundAgainMendsItselfAndLeavesNothing() throws IOException {
        String links = links();
        try (Lab lab = LabUp.up(LAYOUT, BARE, Progress.silent())) {
            assertThat(LabUp.isUp(lab, BARE)).isFalse();
            lab.completed();
            assertThat(LabUp.isUp(lab, BARE)).isTrue();
            assertThat(lab.kube().nodes().withName("n1").get()).isNotNull();
            lab.central().sync(Duration.ofSeconds(20));
            assertThat(lab.central().sbctl("--bare", "--columns=name", "list", "Chassis").output())
                    .isEqualTo("n1");
        }
        try (Lab again = Lab.open(LAYOUT)) {
            List<OptionalLong> pids = again.foundation().stream().map(LabProcess::pid).toList();
            LabUp.up(LAYOUT, BARE, Progress.silent()).close();
            assertThat(again.foundation().stream().map(LabProcess::pid)).isEqualTo(pids);
            again.process("ovn-northd").kill();
            assertThat(LabUp.isUp(again, BARE)).isFalse();
            LabUp.up(LAYOUT, BARE, Progress.silent()).close();
            assertThat(LabUp.isUp(again, BARE)).isTrue();
        }
        assertThat(LabDown.down(LAYOUT).anything()).isTrue();
        assertThat(LabDown.down(LAYOUT).anything()).isFalse();
        assertThat(NetNs.withPrefix(LAYOUT.prefix())).isEmpty();
        assertThat(LAYOUT.dir()).doesNotExist();
        assertThat(ProcFs.startedWith(LabProcess.MARK + "=" + LAYOUT.dir() + "#")).isEmpty();
        assertThat(links()).isEqualTo(links);
    }

    @Test
    void isRemovedAfterACrashHalfWay() throws IOException {
        Lab lab = Lab.openOrCreate(LAYOUT, BARE);
        lab.underlay().ensure();
        lab.central().ensure(lab.underlay());
        lab.nodes().getFirst().ensure(lab.underlay());
        try (Stream<Path> pidFiles = Files.list(LAYOUT.file("run"))) {
            pidFiles.forEach(file -> file.toFile().delete());
        }
        Files.delete(LAYOUT.file("lab.json"));
        assertThat(LabDown.down(LAYOUT).anything()).isTrue();
        assertThat(NetNs.withPrefix(LAYOUT.prefix())).isEmpty();
        assertThat(ProcFs.startedWith(LabProcess.MARK + "=" + LAYOUT.dir() + "#")).isEmpty();
    }

    @Test
    void saysHowToGetALabWhereThereIsNone() {
        assertThatThrownBy(() -> Lab.open(LAYOUT)).hasMessageContaining("weft up");
    }

    private static String links() {
        return Command.of("ip", "-o", "link").output().replaceAll("(?m)^\\d+: ", "");
    }
}
