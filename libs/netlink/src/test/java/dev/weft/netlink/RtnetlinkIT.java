package dev.weft.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.net.Cidr;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against the kernel, as root. */
class RtnetlinkIT {
    private static final MacAddress NEAR = MacAddress.parse("0a:00:00:00:00:01");
    private static final MacAddress FAR = MacAddress.parse("0a:00:00:00:00:02");

    @RegisterExtension final TestNamespaces namespaces = new TestNamespaces();

    private NetNs nearNs;
    private NetNs farNs;
    private Rtnetlink near;
    private Rtnetlink far;

    @BeforeEach
    void twoNamespaces() {
        nearNs = namespaces.create();
        farNs = namespaces.create();
        near = Rtnetlink.open(nearNs);
        far = Rtnetlink.open(farNs);
    }

    @AfterEach
    void close() {
        near.close();
        far.close();
    }

    private Link cable() {
        near.links().createVeth(new VethSpec("host0", NEAR, "eth0", farNs, FAR, 1400));
        return near.links().get("host0");
    }

    private Link upOnBothEnds() {
        Link link = cable();
        near.links().setUp(link.index());
        far.links().setUp(far.links().get("eth0").index());
        return near.links().get("host0");
    }

    @Test
    void findsAVethByTheGroupThatItWasMadeIn() {
        near.links()
                .createVeth(new VethSpec("host0", NEAR, "eth0", farNs, FAR, 1400).inGroup(0x7766));
        assertThat(near.links().list())
                .filteredOn(link -> link.group() == 0x7766)
                .extracting(Link::name)
                .containsExactly("host0");
        assertThat(far.links().get("eth0").group()).isZero();
    }

    @Test
    void makesAVethWhosePeerIsBornInTheOtherNamespace() {
        Link host = cable();
        Link pod = far.links().get("eth0");

        assertThat(host)
                .extracting(Link::kind, Link::mac, Link::mtu, Link::up)
                .containsExactly("veth", NEAR, 1400, false);
        assertThat(pod)
                .extracting(Link::kind, Link::mac, Link::mtu)
                .containsExactly("veth", FAR, 1400);
        assertThat(host.peerIndex()).isEqualTo(pod.index());
        assertThat(near.links().list())
                .extracting(Link::name)
                .containsExactlyInAnyOrder("lo", "host0");
    }

    @Test
    void leavesNothingOfAVethWhenOneNameIsTaken() {
        cable();
        VethSpec again = new VethSpec("host1", null, "eth0", farNs, null, 1400);

        assertThatThrownBy(() -> near.links().createVeth(again))
                .isInstanceOf(NetlinkException.Exists.class);
        assertThat(near.links().find("host1")).isEmpty();
    }

    @Test
    void saysThatTheNamespaceOfThePeerIsGone() {
        farNs.delete();

        assertThatThrownBy(this::cable)
                .isInstanceOf(NetlinkException.NotFound.class)
                .hasMessageContaining(farNs.toString());
    }

    @Test
    void changesALink() {
        int index = cable().index();
        near.links().setMtu(index, 1300);
        near.links().setMac(index, FAR);
        near.links().rename(index, "renamed");
        near.links().setUp(index);

        assertThat(near.links().find(index))
                .hasValueSatisfying(
                        link -> {
                            assertThat(link.name()).isEqualTo("renamed");
                            assertThat(link.mtu()).isEqualTo(1300);
                            assertThat(link.mac()).isEqualTo(FAR);
                            assertThat(link.up()).isTrue();
                            assertThat(link.running()).isFalse();
                        });
        near.links().setDown(index);
        assertThat(near.links().get("renamed").up()).isFalse();
    }

    @Test
    void deletesBothEndsOfAVeth() {
        near.links().delete(cable().index());

        assertThat(near.links().find("host0")).isEmpty();
        assertThat(far.links().find("eth0")).isEmpty();
        assertThat(near.links().delete("host0")).isFalse();
        assertThatThrownBy(() -> near.links().delete(4711))
                .isInstanceOf(NetlinkException.NoSuchDevice.class);
    }

    @Test
    void givesNoLinkLocalAddressWhereNoneIsWanted() throws Exception {
        Link link = cable();
        Link pod = far.links().get("eth0");
        LinkedBlockingQueue<RtnetlinkMonitor.Change> changes = new LinkedBlockingQueue<>();
        try (RtnetlinkMonitor _ = RtnetlinkMonitor.open(farNs, changes::add)) {
            near.links().withoutLinkLocal(link.index());
            near.links().setUp(link.index());
            far.links().setUp(pod.index());
            RtnetlinkMonitor.Change change;
            do {
                change = changes.poll(5, TimeUnit.SECONDS);
                assertThat(change).as("waiting for the far end's link-local address").isNotNull();
            } while (!(change
                            instanceof
                            RtnetlinkMonitor.Change.AddressChanged(int _, InterfaceAddress address)
                    && address.isLinkLocal()));
        }

        assertThat(near.addresses().list(link.index())).isEmpty();
    }

    @Test
    void addsListsAndDeletesAddressesOfBothFamilies() {
        int index = upOnBothEnds().index();
        InterfaceAddress v4 = new InterfaceAddress(IpAddress.parse("10.16.0.2"), 16);
        InterfaceAddress v6 = new InterfaceAddress(IpAddress.parse("fd00:10:16::2"), 112);
        near.addresses().add(index, v4);
        near.addresses().add(index, v6);

        assertThat(near.addresses().list(index)).contains(v4, v6);
        assertThatThrownBy(() -> near.addresses().add(index, v4))
                .isInstanceOf(NetlinkException.Exists.class);

        near.addresses().delete(index, v4);
        near.addresses().delete(index, v6);
        assertThat(near.addresses().list(index)).allMatch(InterfaceAddress::isLinkLocal);
        assertThatThrownBy(() -> near.addresses().delete(index, v4))
                .isInstanceOf(NetlinkException.NotFound.class);
    }

    @Test
    void replacesRoutesInPlace() {
        int index = upOnBothEnds().index();
        near.addresses().add(index, new InterfaceAddress(IpAddress.parse("100.64.0.2"), 16));
        near.addresses().add(index, new InterfaceAddress(IpAddress.parse("fd00:100:64::2"), 112));
        Route v4 =
                Route.to(Cidr.parse("10.16.0.0/16"), index)
                        .via(IpAddress.parse("100.64.0.1"))
                        .from(IpAddress.parse("100.64.0.2"))
                        .madeBy(87);
        Route v6 =
                Route.to(Cidr.parse("fd00:10:16::/112"), index)
                        .via(IpAddress.parse("fd00:100:64::1"))
                        .from(IpAddress.parse("fd00:100:64::2"))
                        .madeBy(87);
        Route other = v4.via(IpAddress.parse("100.64.0.9"));
        near.routes().replace(v4);
        near.routes().replace(v6);
        near.routes().replace(v6);
        assertThat(near.routes().list(Family.IPV4)).contains(v4);
        assertThat(near.routes().list(Family.IPV6)).contains(v6);

        near.routes().replace(other);

        assertThat(near.routes().list(Family.IPV4)).contains(other).doesNotContain(v4);
        near.routes().delete(other);
        near.routes().delete(v6);
        assertThat(near.routes().list(Family.IPV4)).noneMatch(route -> route.protocol() == 87);
        assertThat(near.routes().list(Family.IPV6)).noneMatch(route -> route.protocol() == 87);
        assertThatThrownBy(() -> near.routes().delete(other))
                .isInstanceOf(NetlinkException.NotFound.class);
    }

    @Test
    void takesAGatewayOutsideOfTheSubnetOnlyOnLink() {
        int index = upOnBothEnds().index();
        near.addresses().add(index, new InterfaceAddress(IpAddress.parse("10.1.0.2"), 32));
        Route route = Route.byDefault(Family.IPV4, index).via(IpAddress.parse("10.9.0.1"));

        assertThatThrownBy(() -> near.routes().replace(route))
                .isInstanceOf(NetlinkException.Unreachable.class);
        near.routes().replace(route.throughOnLinkGateway());

        assertThat(near.routes().list(Family.IPV4)).contains(route.throughOnLinkGateway());
    }

    @Test
    void setsListsAndFlushesNeighbours() {
        int index = upOnBothEnds().index();
        IpAddress v4 = IpAddress.parse("10.16.0.1");
        IpAddress v6 = IpAddress.parse("fd00::1");
        near.neighbours().setPermanent(index, v4, FAR);
        near.neighbours().setPermanent(index, v6, FAR);

        near.neighbours().flush(index);

        assertThat(near.neighbours().list(index))
                .contains(new Neighbour(index, v4, FAR, true), new Neighbour(index, v6, FAR, true));
        near.neighbours().delete(index, v4);
        assertThat(near.neighbours().list(index)).extracting(Neighbour::address).doesNotContain(v4);
    }

    @Test
    void switchesChecksumOffloadOff() {
        cable();
        assertThat(far.links().hasTxChecksumOffload("eth0")).isTrue();

        far.links().disableTxChecksumOffload("eth0");

        assertThat(far.links().hasTxChecksumOffload("eth0")).isFalse();
        assertThat(near.links().hasTxChecksumOffload("host0")).isTrue();
        assertThatThrownBy(() -> far.links().disableTxChecksumOffload("eth1"))
                .isInstanceOf(NetlinkException.NoSuchDevice.class);
    }

    @Test
    void writesSysctlsOfTheNamespaceOnly() {
        String before = Sysctl.read(nearNs, "ipv4/ip_forward");
        String wanted = before.equals("1") ? "0" : "1";

        Sysctl.apply(farNs, Map.of("ipv4/ip_forward", wanted));

        assertThat(Sysctl.read(farNs, "ipv4/ip_forward")).isEqualTo(wanted);
        assertThat(Sysctl.read(nearNs, "ipv4/ip_forward")).isEqualTo(before);
        assertThatThrownBy(() -> Sysctl.read(farNs, "../kernel/hostname"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsANamespaceByItsInode() {
        assertThat(nearNs.exists()).isTrue();
        assertThat(nearNs.sameAs(farNs)).isFalse();
        assertThat(nearNs.inode()).isNotEqualTo(NetNs.own().inode()).isPositive();
        assertThatThrownBy(() -> NetNs.create(nearNs.path().getFileName().toString()))
                .isInstanceOf(NetlinkException.Exists.class);
        nearNs.delete();
        nearNs.delete();
        assertThat(nearNs.exists()).isFalse();
        assertThatThrownBy(nearNs::inode).isInstanceOf(NetlinkException.NotFound.class);
        assertThatThrownBy(() -> Rtnetlink.open(nearNs))
                .isInstanceOf(NetlinkException.NotFound.class);
    }

    @Test
    void neverLeavesAThreadInAForeignNamespace() throws Exception {
        long own = NetNs.own().inode();
        CountDownLatch done = new CountDownLatch(64);
        AtomicInteger wrong = new AtomicInteger();
        for (int i = 0; i < 64; i++) {
            Thread.startVirtualThread(
                    () -> {
                        try (Rtnetlink there = Rtnetlink.open(farNs)) {
                            boolean foreign =
                                    farNs.call(
                                                    () ->
                                                            NetNs.at(
                                                                            Path.of(
                                                                                    "/proc/thread-self/ns/net"))
                                                                    .inode())
                                            == farNs.inode();
                            boolean home =
                                    NetNs.at(Path.of("/proc/thread-self/ns/net")).inode() == own;
                            if (!foreign || !home || there.links().list().isEmpty()) {
                                wrong.incrementAndGet();
                            }
                        } finally {
                            done.countDown();
                        }
                    });
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).hasValue(0);
    }

    @Test
    void tellsOfChangesUntilClosed() throws Exception {
        LinkedBlockingQueue<RtnetlinkMonitor.Change> changes = new LinkedBlockingQueue<>();
        try (RtnetlinkMonitor _ = RtnetlinkMonitor.open(nearNs, changes::add)) {
            Link link = upOnBothEnds();
            InterfaceAddress address = new InterfaceAddress(IpAddress.parse("10.5.0.1"), 24);
            near.addresses().add(link.index(), address);
            await(changes, new RtnetlinkMonitor.Change.AddressChanged(link.index(), address));
            Route route =
                    Route.to(Cidr.parse("10.6.0.0/24"), link.index())
                            .via(IpAddress.parse("10.5.0.9"));
            near.routes().replace(route);
            await(changes, new RtnetlinkMonitor.Change.RouteChanged(route));
            near.links().delete(link.index());
            RtnetlinkMonitor.Change change;
            do {
                change = changes.poll(5, TimeUnit.SECONDS);
                assertThat(change).as("waiting for the removed link").isNotNull();
            } while (!(change instanceof RtnetlinkMonitor.Change.LinkRemoved removed
                    && removed.link().index() == link.index()));
        }
        changes.clear();
        cable();
        assertThat(changes).isEmpty();
    }

    private static void await(
            LinkedBlockingQueue<RtnetlinkMonitor.Change> changes, RtnetlinkMonitor.Change wanted)
            throws InterruptedException {
        RtnetlinkMonitor.Change change;
        do {
            change = changes.poll(5, TimeUnit.SECONDS);
            assertThat(change).as("waiting for %s", wanted).isNotNull();
        } while (!wanted.equals(change));
    }
}
