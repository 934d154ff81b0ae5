package dev.weft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.Lab;
import dev.weft.lab.LabPod;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.Poll;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OVN is derived: it can be thrown away. */
@ExtendWith(SharedLab.class)
class RebuildIT {
    private static final String EMPTY =
            """
            ["OVN_Northbound",
             {"op":"delete","table":"Logical_Switch","where":[]},
             {"op":"delete","table":"Logical_Router","where":[]},
             {"op":"delete","table":"Port_Group","where":[]},
             {"op":"delete","table":"Address_Set","where":[]},
             {"op":"delete","table":"DHCP_Options","where":[]}]""";

    private final Lab lab;
    private final Fabric fabric;

    RebuildIT(Lab lab) {
        this.lab = lab;
        this.fabric = new Fabric(lab);
    }

    @Test
    void anEmptiedNorthboundDatabaseFillsItselfAgainAndPodsTalk() {
        fabric.subnet("again", "10.25.0.0/24,fd00:10:25::/112");
        List<LabPod> pods = lab.pods().run(fabric.orders("again", "again", 9));
        fabric.awaitAllReachable(pods);
        Settled.await(fabric::northboundWrites);
        SortedSet<String> before = NorthboundPicture.of(lab);
        assertThat(before).isNotEmpty();

        Command.of("ovsdb-client", "transact", lab.central().northboundRemote(), EMPTY).output();

        Poll.until(
                () -> "the same rows again; " + difference(before),
                Duration.ofSeconds(60),
                () -> NorthboundPicture.of(lab).equals(before));
        fabric.awaitAllReachable(pods);
        fabric.awaitNoDifferences(Fabric.PATIENCE);
        lab.pods().delete(pods);
        fabric.removeSubnet("again");
    }

    private String difference(SortedSet<String> before) {
        SortedSet<String> now = NorthboundPicture.of(lab);
        return "missing "
                + before.stream().filter(row -> !now.contains(row)).limit(5).toList()
                + ", new "
                + now.stream().filter(row -> !before.contains(row)).limit(5).toList();
    }
}
