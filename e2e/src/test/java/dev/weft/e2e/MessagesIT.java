package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.broker.Mistreatment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages between the services wake; they are never the truth. */
@ExtendWith(SharedLab.class)
class MessagesIT {
    private final Lab lab;
    private final Fabric fabric;

    MessagesIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
    }

    @AfterEach
    void treatMessagesWellAgain() {
        lab.broker().mistreat(Mistreatment.NONE);
    }

    @Test
    void lostDoubledLateAndReorderedMessagesChangeNothingAboutTheEndState() {
        lab.broker().mistreat(new Mistreatment(0.3, 0.3, 0.5, 500));
        fabric.subnet("rough", "10.24.0.0/24,fd00:10:24::/112");
        List<LabPod> pods = lab.pods().run(fabric.orders("rough", "rough", 20));
        List<LabPod> leaving = pods.subList(0, 10);
        lab.pods().delete(leaving);
        List<LabPod> replaced = lab.pods().run(fabric.orders("rough", "rough", 5));
        List<LabPod> staying = new java.util.ArrayList<>(replaced);
        staying.addAll(pods.subList(10, 20));
        fabric.awaitAllReachable(staying);
        fabric.awaitNoDifferences(Fabric.PATIENCE);
        assertThat(staying.stream().flatMap(pod -> pod.addresses().stream()))
                .doesNotHaveDuplicates();
        JsonNode report = lab.broker().report();
        assertThat(report.path("dropped").asInt()).as("messages lost").isPositive();
        assertThat(report.path("doubled").asInt()).as("messages doubled").isPositive();
        assertThat(report.path("delayed").asInt()).as("messages late").isPositive();
        lab.pods().delete(staying);
        fabric.removeSubnet("rough");
        fabric.awaitNoDifferences(Fabric.PATIENCE);
    }
}
