package dev.weft.node.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.net.Cidr;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.NetNs;
import dev.weft.netlink.Route;
import dev.weft.node.pod.PodLink.PodRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodLinkPlanTest {
    private static final MacAddress MAC = MacAddress.parse("0a:00:00:00:00:05");
    private static final InterfaceAddress V4 =
            new InterfaceAddress(IpAddress.parse("10.16.0.5"), 16);
    private static final InterfaceAddress V6 =
            new InterfaceAddress(IpAddress.parse("fd00:10:16::5"), 112);
    private static final PodRoute ROUTE4 =
            new PodRoute(Cidr.parse("0.0.0.0/0"), IpAddress.parse("10.16.0.1"), false);
    private static final PodRoute ROUTE6 =
            new PodRoute(Cidr.parse("::/0"), IpAddress.parse("fd00:10:16::1"), false);
    private static final PodLink WANTED =
            new PodLink(
                    "abc_h",
                    "eth0",
                    NetNs.named("x"),
                    MAC,
                    1400,
                    List.of(V4, V6),
                    List.of(ROUTE4, ROUTE6),
                    true);

    private static Link host(int mtu, boolean up) {
        return new Link(
                7, "abc_h", "veth", MacAddress.parse("0a:00:00:00:00:06"), mtu, up, up, 2, 0, 0);
    }

    private static Link pod(MacAddress mac, int mtu, boolean up, int peer) {
        return new Link(2, "eth0", "veth", mac, mtu, up, up, peer, 0, 0);
    }

    private static PodLinkState state(@Nullable Link host, @Nullable Link pod) {
        return new PodLinkState(host, pod, List.of(V4, V6), routes(), false);
    }

    private static List<Route> routes() {
        return List.of(
                Route.to(ROUTE4.destination(), 2).via(ROUTE4.gateway()),
                Route.to(ROUTE6.destination(), 2).via(ROUTE6.gateway()));
    }

    @Test
    void doesNothingWhenAllIsAsItShouldBe() {
        assertThat(PodLinkPlan.plan(WANTED, state(host(1400, true), pod(MAC, 1400, true, 7))))
                .isEmpty();
    }

    @Test
    void makesEverythingWhereNothingIs() {
        assertThat(PodLinkPlan.plan(WANTED, PodLinkState.NOTHING))
                .containsExactly(
                        new PodStep.Create(WANTED),
                        new PodStep.HostUp(),
                        new PodStep.ChecksumsInPod(),
                        new PodStep.AddAddress(V4),
                        new PodStep.AddAddress(V6),
                        new PodStep.PodUp(),
                        new PodStep.SetRoute(ROUTE4),
                        new PodStep.SetRoute(ROUTE6));
    }

    @Test
    void leavesChecksumsToTheKernelDatapath() {
        PodLink kernelDatapath =
                new PodLink(
                        "abc_h", "eth0", NetNs.named("x"), MAC, 1400, List.of(), List.of(), false);

        assertThat(PodLinkPlan.plan(kernelDatapath, PodLinkState.NOTHING))
                .doesNotContain(new PodStep.ChecksumsInPod());
    }

    @Test
    void mendsOnlyWhatDiffers() {
        InterfaceAddress foreign = new InterfaceAddress(IpAddress.parse("192.0.2.1"), 24);
        PodLinkState state =
                new PodLinkState(
                        host(1500, false),
                        pod(NEW_MAC, 1400, true, 7),
                        List.of(V4, foreign),
                        routes().subList(0, 1),
                        true);

        assertThat(PodLinkPlan.plan(WANTED, state))
                .containsExactly(
                        new PodStep.HostMtu(1400),
                        new PodStep.HostUp(),
                        new PodStep.PodMac(MAC),
                        new PodStep.ChecksumsInPod(),
                        new PodStep.DeleteAddress(foreign),
                        new PodStep.AddAddress(V6),
                        new PodStep.SetRoute(ROUTE6));
    }

    private static final MacAddress NEW_MAC = MacAddress.parse("0a:00:00:00:00:99");

    @Test
    void setsRoutesAgainThatWentWithTheLink() {
        assertThat(PodLinkPlan.plan(WANTED, state(host(1400, true), pod(MAC, 1400, false, 7))))
                .containsExactly(
                        new PodStep.PodUp(),
                        new PodStep.SetRoute(ROUTE4),
                        new PodStep.SetRoute(ROUTE6));
    }

    @Test
    void replacesAHostEndThatLeadsElsewhere() {
        assertThat(PodLinkPlan.plan(WANTED, state(host(1400, true), null)))
                .startsWith(new PodStep.DeleteHost("abc_h"), new PodStep.Create(WANTED));
    }

    @Test
    void neverTouchesAnInterfaceOfThePodThatIsNotOurs() {
        assertThatThrownBy(() -> PodLinkPlan.plan(WANTED, state(null, pod(MAC, 1400, true, 9))))
                .isInstanceOf(PodLinkPlan.ForeignInterfaceException.class)
                .hasMessageContaining("/run/netns/x")
                .hasMessageContaining("eth0");
        assertThatThrownBy(
                        () ->
                                PodLinkPlan.plan(
                                        WANTED, state(host(1400, true), pod(MAC, 1400, true, 9))))
                .isInstanceOf(PodLinkPlan.ForeignInterfaceException.class);
    }

    @Test
    void saysInWordsWhatDiffers() {
        assertThat(new PodStep.AddAddress(V4)).hasToString("address 10.16.0.5/16 is missing");
        assertThat(new PodStep.SetRoute(ROUTE4))
                .hasToString("route 0.0.0.0/0 via 10.16.0.1 is missing");
    }
}
