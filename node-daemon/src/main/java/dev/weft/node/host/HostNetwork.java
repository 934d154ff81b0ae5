package dev.weft.node.host;

import dev.weft.kube.Allocation;
import dev.weft.kube.Names;
import dev.weft.kube.NodeView;
import dev.weft.kube.Parsed;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import dev.weft.netlink.Link;
import dev.weft.netlink.NetNs;
import dev.weft.netlink.RtnetlinkMonitor;
import dev.weft.netlink.RtnetlinkMonitor.Change;
import dev.weft.node.kube.KubeWatch;
import dev.weft.node.ovs.HostRows;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.node.util.Mender;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node on the fabric: its settings and bridge in OVS, its chassis annotation, ovn0 with
 * addresses and routes. Each round looks at everything and mends what differs; rounds are started
 * by changes of the Node, of subnets, of the kernel's links, addresses and routes. OVS rows are
 * kept by {@link NodeOvs}.
 */
public final class HostNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostNetwork.class);
    private static final Duration OVS_TIME = Duration.ofSeconds(10);

    private final HostSettings settings;
    private final KubeWatch kube;
    private final NodeOvs ovs;
    private final HostKernel kernel;
    private final RtnetlinkMonitor monitor;
    private final Mender mender = new Mender("ovn0", this::round);
    private volatile HostState state = new HostState.Waiting("the first round");
    private volatile @Nullable Link underlay;
    private volatile int linkIndex;

    public HostNetwork(HostSettings settings, NetNs ns, KubeWatch kube, NodeOvs ovs) {
        this.settings = settings;
        this.kube = kube;
        this.ovs = ovs;
        this.kernel = new HostKernel(ns);
        this.monitor = RtnetlinkMonitor.open(ns, this::kernelChanged);
    }

    public void start() {
        mender.start();
    }

    /** The Node or a subnet changed. */
    public void trigger() {
        mender.trigger();
    }

    public HostState state() {
        return state;
    }

    /** MTU of pods on this subnet; empty while the underlay is not known. */
    public OptionalInt mtu(String subnet) {
        Link link = underlay;
        return link == null
                ? OptionalInt.empty()
                : OptionalInt.of(settings.mtu(link.mtu(), kube.subnets().get(subnet)));
    }

    private void round() {
        HostState before = state;
        state = mend();
        if (!state.equals(before)) {
            LOG.info("node's leg on the fabric: {}", state);
        }
    }

    private HostState mend() {
        if (!kube.hasSynced()) {
            return new HostState.Waiting("the API server has not told of all subnets");
        }
        Optional<NodeView> node = kube.node();
        if (node.isEmpty()) {
            return new HostState.Waiting(
                    "Node " + settings.node() + " is not known to the API server");
        }
        Optional<IpAddress> encap = settings.encapIp(node.get());
        if (encap.isEmpty()) {
            return new HostState.Waiting(
                    "Node "
                            + settings.node()
                            + " has no InternalIP and weft.node.encap-ip is not set");
        }
        Optional<Link> carrier = kernel.linkOf(encap.get());
        if (carrier.isEmpty()) {
            return new HostState.Waiting("no interface has the tunnel address " + encap.get());
        }
        underlay = carrier.get();
        String systemId = settings.systemId(ovs.settings());
        ovs.apply(
                HostRows.chassis(
                        settings.node(),
                        settings.externalIds(systemId, encap.get()),
                        settings.datapath()),
                OVS_TIME);
        kube.announceChassis(systemId);
        return switch (Allocation.parse(node.get().annotations(), Names.PRIMARY_PROVIDER)
                .orElse(null)) {
            case null ->
                    new HostState.Waiting(
                            "ipam has not leased an address to the node (annotation ovn.kubernetes.io/allocated)");
            case Parsed.Refused<Allocation> refused ->
                    new HostState.Waiting("annotations of the Node: " + refused.message());
            case Parsed.Valid<Allocation>(var allocation) -> link(allocation, carrier.get().mtu());
        };
    }

    private HostState link(Allocation allocation, int underlayMtu) {
        int mtu = settings.mtu(underlayMtu, kube.subnets().get(allocation.subnet()));
        ovs.apply(HostRows.link(settings.node(), allocation.mac(), mtu), OVS_TIME);
        Optional<HostLinkState> is = kernel.read(HostRows.LINK);
        if (is.isEmpty()) {
            linkIndex = 0;
            return new HostState.Waiting("ovs-vswitchd has not made " + HostRows.LINK);
        }
        linkIndex = is.get().link().index();
        if (!allocation.mac().equals(is.get().link().mac())) {
            return new HostState.Waiting(
                    HostRows.LINK
                            + " has MAC "
                            + is.get().link().mac()
                            + ", not yet "
                            + allocation.mac());
        }
        HostLink wanted = HostPlan.wanted(allocation, kube.subnets().all());
        List<HostPlan.Step> steps = HostPlan.plan(wanted, is.get());
        if (!steps.isEmpty()) {
            kernel.settings(HostRows.LINK, wanted.has(Family.IPV6));
            LOG.info("{}: {}", HostRows.LINK, steps);
            kernel.apply(is.get().link(), steps);
        }
        return new HostState.Ready();
    }

    private void kernelChanged(Change change) {
        boolean ours =
                switch (change) {
                    case Change.LinkChanged(var link) ->
                            link.name().equals(HostRows.LINK) || isUnderlay(link.index());
                    case Change.LinkRemoved(var link) -> link.name().equals(HostRows.LINK);
                    case Change.AddressChanged(var link, _) ->
                            link == linkIndex || underlay == null;
                    case Change.AddressRemoved(var link, _) -> link == linkIndex;
                    case Change.RouteChanged(var route) -> route.link() == linkIndex;
                    case Change.RouteRemoved(var route) -> route.link() == linkIndex;
                    case Change.Overrun() -> true;
                };
        if (ours) {
            mender.trigger();
        }
    }

    private boolean isUnderlay(int index) {
        Link link = underlay;
        return link == null || link.index() == index;
    }

    @Override
    public void close() {
        mender.close();
        monitor.close();
        kernel.close();
    }
}
