package dev.weft.ipam.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.PortKey;
import dev.weft.ipam.restore.Evidence.Strength;
import dev.weft.ipam.restore.RestorationReport.Contradiction;
import dev.weft.ipam.restore.RestorationReport.Kind;
import dev.weft.net.DualStack;
import dev.weft.net.MacAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RestorationPlanTest {

    @Test
    void bringsBackWhatTheLedgerDoesNotHave() {
        var web = says("web", "10.16.0.2", Strength.PROMISED);
        var plan = RestorationPlan.of(List.of(web), List.of(), null, List.of());
        assertThat(plan.restore())
                .extracting(RestorationPlan.Restore::evidence)
                .containsExactly(web);
        assertThat(plan.contradictions()).isEmpty();
    }

    @Test
    void leavesAloneWhatTheLedgerHas() {
        var web = says("web", "10.16.0.2", Strength.RUNNING);
        var plan = RestorationPlan.of(List.of(web), List.of(lease(web)), null, List.of());
        assertThat(plan.restore()).isEmpty();
        assertThat(plan.contradictions()).isEmpty();
    }

    @Test
    void givesAnAddressThatTwoClaimToTheOneThatRunsWithIt() {
        var promised = says("a", "10.16.0.2", Strength.PROMISED);
        var running = says("b", "10.16.0.2", Strength.RUNNING);
        var plan = RestorationPlan.of(List.of(promised, running), List.of(), null, List.of());
        assertThat(plan.restore())
                .extracting(RestorationPlan.Restore::evidence)
                .containsExactly(running);
        assertThat(plan.contradictions())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.kind()).isEqualTo(Kind.ADDRESS_TWICE);
                            assertThat(one.port()).isEqualTo("a.shop");
                            assertThat(one.winner()).isEqualTo("b.shop");
                        });
    }

    @Test
    void letsOvnDecideBetweenTwoOfTheSameRight() {
        var first = says("a", "10.16.0.2", Strength.RUNNING);
        var second = says("b", "10.16.0.2", Strength.RUNNING);
        var ovn = Map.of("b.shop", DualStack.parseAddresses("10.16.0.2"));
        var plan = RestorationPlan.of(List.of(first, second), List.of(), ovn, List.of());
        assertThat(plan.restore())
                .extracting(RestorationPlan.Restore::evidence)
                .containsExactly(second);
    }

    @Test
    void letsARunningPodKeepItsAddressesWhenAnOldLedgerSaysOtherwise() {
        var running = says("web", "10.16.0.9", Strength.RUNNING);
        var old = lease(says("web", "10.16.0.2", Strength.RUNNING));
        var plan = RestorationPlan.of(List.of(running), List.of(old), null, List.of());
        assertThat(plan.restore()).containsExactly(new RestorationPlan.Restore(running, old));
        assertThat(plan.contradictions())
                .extracting(Contradiction::kind)
                .containsExactly(Kind.LEDGER_DIFFERS);
    }

    @Test
    void believesTheLedgerRatherThanAPromise() {
        var promised = says("web", "10.16.0.9", Strength.PROMISED);
        var old = lease(says("web", "10.16.0.2", Strength.PROMISED));
        var plan = RestorationPlan.of(List.of(promised), List.of(old), null, List.of());
        assertThat(plan.restore()).isEmpty();
        assertThat(plan.contradictions())
                .extracting(Contradiction::winner)
                .containsExactly("ledger");
    }

    @Test
    void takesNothingFromALeaseThatTheLedgerHasOfAnother() {
        var held = says("holder", "10.16.0.2", Strength.PROMISED);
        var late = says("late", "10.16.0.2", Strength.PROMISED);
        var plan = RestorationPlan.of(List.of(late), List.of(lease(held)), null, List.of());
        assertThat(plan.restore()).isEmpty();
        assertThat(plan.contradictions())
                .extracting(Contradiction::winner)
                .containsExactly("holder.shop");
    }

    @Test
    void namesWhatOvnHasAloneOrOtherwise() {
        var web = says("web", "10.16.0.2", Strength.RUNNING);
        var ovn =
                Map.of(
                        "web.shop", DualStack.parseAddresses("10.16.0.3"),
                        "ghost.shop", DualStack.parseAddresses("10.16.0.4"));
        var plan = RestorationPlan.of(List.of(web), List.of(), ovn, List.of());
        assertThat(plan.contradictions())
                .extracting(Contradiction::kind)
                .containsExactlyInAnyOrder(Kind.OVN_DIFFERS, Kind.OVN_ALONE);
    }

    private static Lease lease(Evidence evidence) {
        return evidence.lease(new UUID(0, 1), Instant.EPOCH);
    }

    private static Evidence says(String pod, String address, Strength strength) {
        var owner = new LeaseOwner(LeaseOwner.Kind.POD, "shop", pod, "uid-" + pod);
        return new Evidence(
                PortKey.primary(owner.key()),
                owner,
                Lease.Usage.of(true),
                "ovn-cluster",
                "ovn-default",
                DualStack.parseAddresses(address),
                MacAddress.derivedFrom(pod),
                strength,
                "annotations");
    }
}
