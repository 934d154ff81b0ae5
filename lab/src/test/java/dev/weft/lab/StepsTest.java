package dev.weft.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Steps steps = new Steps((step, _) -> done.add(step));

    @Test
    void runsAStepAfterThoseItDependsOn() {
        steps.add("floor", () -> {})
                .add("walls", () -> {}, "floor")
                .add("roof", () -> {}, "walls", "floor")
                .run();
        assertThat(done).containsExactly("floor", "walls", "roof");
    }

    @Test
    void runsStepsThatDoNotDependOnEachOtherSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet =
                () -> {
                    both.countDown();
                    assertThat(wait(both)).isTrue();
                };
        steps.add("left", meet).add("right", meet).run();
        assertThat(done).containsExactlyInAnyOrder("left", "right");
    }

    @Test
    void namesTheStepThatFailedAndLeavesOutWhatDependsOnIt() {
        steps.add(
                        "floor",
                        () -> {
                            throw new IllegalStateException("no concrete");
                        })
                .add("walls", () -> {}, "floor")
                .add("garden", () -> {});
        assertThatThrownBy(steps::run)
                .isInstanceOf(Steps.StepFailed.class)
                .hasMessage("floor: no concrete");
        assertThat(done).containsExactly("garden");
    }

    @Test
    void refusesAStepAfterOneThatIsNotThere() {
        assertThatThrownBy(() -> steps.add("roof", () -> {}, "walls"))
                .hasMessageContaining("walls");
    }

    private static boolean wait(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
