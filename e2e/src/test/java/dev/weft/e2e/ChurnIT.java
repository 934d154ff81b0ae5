package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Crowds of pods created at once and deleted at once: 60 twice, in the soak form 500 twenty times.
 */
@ExtendWith(SharedLab.class)
class ChurnIT {
    private static final boolean SOAK = Boolean.getBoolean("weft.soak");
    private static final int PODS = Integer.getInteger("weft.churn.pods", SOAK ? 500 : 60);
    private static final int ROUNDS = Integer.getInteger("weft.churn.rounds", SOAK ? 20 : 2);

    private final Lab lab;
    private final Fabric fabric;

    ChurnIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
    }

    @Test
    void crowdsComeAndGoAndLeaveNothingBehind() {
        // hardly more addresses than pods: what does not come back is missed in the second round
        fabric.subnet(
                "crowd", SOAK ? "10.26.0.0/23,fd00:10:26::/112" : "10.26.0.0/25,fd00:10:26::/112");
        for (int round = 1; round <= ROUNDS; round++) {
            long from = System.nanoTime();
            List<LabPod> pods = lab.pods().run(fabric.orders("crowd", "crowd-" + round, PODS));
            double up = (System.nanoTime() - from) / 1e9;
            assertThat(pods.stream().flatMap(pod -> pod.addresses().stream()))
                    .doesNotHaveDuplicates();
            pods.getFirst().ping(pods.getLast().ipv4(), Fabric.PATIENCE);
            fabric.awaitNoDifferences(Fabric.PATIENCE);
            from = System.nanoTime();
            lab.pods().delete(pods);
            System.out.printf(
                    "round %d: %d pods up in %.1f s, gone in %.1f s%n",
                    round, PODS, up, (System.nanoTime() - from) / 1e9);
            fabric.awaitNoDifferences(Duration.ofMinutes(2));
        }
        fabric.removeSubnet("crowd");
    }
}
