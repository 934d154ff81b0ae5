package dev.weft.lab.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodActionTest {
    private static final Sandbox MADE =
            new Sandbox(
                    "shop", "web", "u-1", "n1", true, List.of("10.16.0.2"), "0a:00:00:00:00:01");
    private static final Sandbox HALF_MADE =
            new Sandbox("shop", "web", "u-1", "n1", false, List.of(), null);

    @Test
    void givesAPodWithoutNodeToANode() {
        assertThat(decide(pod(null, null), null)).isInstanceOf(PodAction.Bind.class);
    }

    @Test
    void setsUpAPodThatWasGivenToANode() {
        assertThat(decide(pod("n1", "Pending"), null)).isInstanceOf(PodAction.SetUp.class);
    }

    @Test
    void setsUpAgainWhatARunnerThatWasKilledLeftHalfMade() {
        assertThat(decide(pod("n1", "Pending"), HALF_MADE)).isInstanceOf(PodAction.SetUp.class);
    }

    @Test
    void reportsAPodThatWasMadeButNotReported() {
        assertThat(decide(pod("n1", "Pending"), MADE)).isInstanceOf(PodAction.ReportRunning.class);
    }

    @Test
    void leavesARunningPodAlone() {
        assertThat(decide(pod("n1", "Running"), MADE)).isInstanceOf(PodAction.Nothing.class);
    }

    @Test
    void makesNoInterfaceForAPodOnTheNodesOwnNetwork() {
        Pod pod =
                new PodBuilder(pod("n1", "Pending"))
                        .editSpec()
                        .withHostNetwork(true)
                        .endSpec()
                        .build();
        assertThat(decide(pod, null)).isInstanceOf(PodAction.ReportHostNetwork.class);
    }

    @Test
    void takesDownAPodThatIsBeingDeletedAndThenItsObject() {
        assertThat(decide(deleted("n1"), MADE)).isEqualTo(new PodAction.TearDown(MADE, true));
    }

    @Test
    void leavesTheObjectOfADeletedPodThatNoNodeHadToTheApiServer() {
        assertThat(decide(deleted(null), null)).isEqualTo(new PodAction.TearDown(null, false));
    }

    @Test
    void takesDownAPodWhoseObjectIsGone() {
        assertThat(decide(null, MADE)).isEqualTo(new PodAction.TearDown(MADE, false));
    }

    @Test
    void takesDownAPodThatHasFinished() {
        assertThat(decide(pod("n1", "Succeeded"), MADE))
                .isEqualTo(new PodAction.TearDown(MADE, false));
        assertThat(decide(pod("n1", "Failed"), null)).isInstanceOf(PodAction.Nothing.class);
    }

    private static PodAction decide(
            @org.jspecify.annotations.Nullable Pod pod,
            @org.jspecify.annotations.Nullable Sandbox sandbox) {
        return PodAction.decide(Optional.ofNullable(pod), Optional.ofNullable(sandbox));
    }

    private static Pod deleted(@org.jspecify.annotations.Nullable String node) {
        return new PodBuilder(pod(node, "Running"))
                .editMetadata()
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build();
    }

    private static Pod pod(
            @org.jspecify.annotations.Nullable String node,
            @org.jspecify.annotations.Nullable String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withUid("u-1")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
