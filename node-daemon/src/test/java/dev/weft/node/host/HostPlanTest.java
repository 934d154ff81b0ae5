package dev.weft.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.Allocation;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetDefaults;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import dev.weft.netlink.InterfaceAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.Route;
import dev.weft.node.host.HostPlan.Step;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPlanTest {
    private static final Allocation NODE =
            new Allocation(
                    DualStack.parseAddresses("100.64.0.2,fd00:100:64::2"),
                    MacAddress.parse("0a:00:00:00:00:02"),
                    DualStack.parseCidrs("100.64.0.0/16,fd00:100:64::/112"),
                    DualStack.parseAddresses("100.64.0.1,fd00:100:64::1"),
                    "join",
                    "ovn-cluster");
    private static final InterfaceAddress V4 =
            new InterfaceAddress(IpAddress.parse("100.64.0.2"), 16);
    private static final InterfaceAddress V6 =
            new InterfaceAddress(IpAddress.parse("fd00:100:64::2"), 112);

    private static ResolvedSubnet subnet(String name, String spec) {
        var parsed = new KubernetesSerialization().unmarshal("{" + spec + "}", SubnetSpec.class);
        return ((SubnetResolution.Valid) SubnetDefaults.resolve(parsed, name)).subnet();
    }

    private static final ResolvedSubnet JOIN =
            subnet("join", "\"cidrBlock\": \"100.64.0.0/16,fd00:100:64::/112\"");
    private static final ResolvedSubnet PODS =
            subnet("ovn-default", "\"cidrBlock\": \"10.16.0.0/16,fd00:10:16::/112\"");
    private static final ResolvedSubnet ELSEWHERE =
            subnet("other", "\"vpc\": \"tenant\", \"cidrBlock\": \"10.16.0.0/16\"");

    private static Link ovn0(boolean up) {
        return new Link(5, "ovn0", "tun", NODE.mac(), 1400, up, up, 0, 0, 0);
    }

    private static Route route(String cidr, String gateway, String source) {
        return Route.to(Cidr.parse(cidr), 5)
                .via(IpAddress.parse(gateway))
                .from(IpAddress.parse(source))
                .madeBy(HostPlan.PROTOCOL);
    }

    private static final Route POD4 = route("10.16.0.0/16", "100.64.0.1", "100.64.0.2");
    private static final Route POD6 = route("fd00:10:16::/112", "fd00:100:64::1", "fd00:100:64::2");

    private static HostLink wanted() {
        return HostPlan.wanted(NODE, List.of(JOIN, PODS, ELSEWHERE));
    }

    @Test
    void routesToSubnetsOfTheDefaultVpcOnly() {
        assertThat(wanted().addresses()).containsExactly(V4, V6);
        assertThat(wanted().routes())
                .extracting(HostLink.HostRoute::toString)
                .containsExactlyInAnyOrder(
                        "10.16.0.0/16 via 100.64.0.1 src 100.64.0.2",
                        "fd00:10:16::/112 via fd00:100:64::1 src fd00:100:64::2");
    }

    @Test
    void doesNothingWhenAllIsAsItShouldBe() {
        assertThat(
                        HostPlan.plan(
                                wanted(),
                                new HostLinkState(
                                        ovn0(true), List.of(V4, V6), List.of(POD4, POD6))))
                .isEmpty();
    }

    @Test
    void bringsAFreshLinkUpWithAddressesAndRoutes() {
        assertThat(HostPlan.plan(wanted(), new HostLinkState(ovn0(false), List.of(), List.of())))
                .startsWith(new Step.AddAddress(V4), new Step.AddAddress(V6), new Step.Up())
                .contains(new Step.SetRoute(POD4), new Step.SetRoute(POD6))
                .hasSize(5);
    }

    @Test
    void takesOurRoutesOfVanishedSubnetsAwayAndNobodyElses() {
        Route vanished = route("10.99.0.0/16", "100.64.0.1", "100.64.0.2");
        Route foreign = Route.to(Cidr.parse("10.98.0.0/16"), 5).via(IpAddress.parse("100.64.0.1"));

        assertThat(
                        HostPlan.plan(
                                wanted(),
                                new HostLinkState(
                                        ovn0(true),
                                        List.of(V4, V6),
                                        List.of(POD4, POD6, vanished, foreign))))
                .containsExactly(new Step.DeleteRoute(vanished));
    }

    @Test
    void changesARouteInPlace() {
        Route old = route("10.16.0.0/16", "100.64.0.254", "100.64.0.2");

        assertThat(
                        HostPlan.plan(
                                wanted(),
                                new HostLinkState(ovn0(true), List.of(V4, V6), List.of(old, POD6))))
                .containsExactly(new Step.SetRoute(POD4));
    }

    @Test
    void addsTheNewAddressBeforeTheOldOneGoes() {
        InterfaceAddress old = new InterfaceAddress(IpAddress.parse("100.64.0.77"), 16);

        assertThat(
                        HostPlan.plan(
                                wanted(),
                                new HostLinkState(
                                        ovn0(true), List.of(old, V6), List.of(POD4, POD6))))
                .containsExactly(new Step.AddAddress(V4), new Step.DeleteAddress(old));
    }
}
