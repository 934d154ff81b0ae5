package dev.weft.node.cni;

import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.node.host.HostNetwork;
import dev.weft.node.host.HostState;
import dev.weft.node.kube.KubeWatch;
import dev.weft.node.ovs.HostRows;
import dev.weft.node.ovs.NodeOvs;
import dev.weft.ovsdb.ConnectionState;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What of the node the commands stand on; parts of it appear while the daemon starts. */
public final class Fabric {
    private record Parts(NodeOvs ovs, HostNetwork host) {}

    private final KubeWatch kube;
    private volatile @Nullable Parts parts;

    public Fabric(KubeWatch kube) {
        this.kube = kube;
    }

    /** The node's database is known and its own network is being kept. */
    public void ready(NodeOvs ovs, HostNetwork host) {
        parts = new Parts(ovs, host);
    }

    /** The node's OVS; an error that asks to try again while it is not connected. */
    NodeOvs ovs() {
        Parts known = parts;
        if (known == null || !(known.ovs().connection() instanceof ConnectionState.Connected)) {
            throw new CniException(
                    CniErrorCode.TRY_AGAIN_LATER,
                    "Open vSwitch is not connected",
                    "the node's OVS database does not answer: "
                            + (known == null ? "not yet known" : known.ovs().connection()));
        }
        return known.ovs();
    }

    /** MTU of pods on this subnet. */
    int mtu(String subnet) {
        Parts known = parts;
        OptionalInt mtu = known == null ? OptionalInt.empty() : known.host().mtu(subnet);
        return mtu.orElseThrow(
                () ->
                        new CniException(
                                CniErrorCode.TRY_AGAIN_LATER,
                                "node is not ready",
                                why().map(CniException::getMessage).orElse("underlay unknown")));
    }

    /** Why ADD cannot succeed now; empty when it can, as far as the daemon knows. */
    public Optional<CniException> why() {
        Parts known = parts;
        if (known == null || !(known.ovs().connection() instanceof ConnectionState.Connected)) {
            return no(CniErrorCode.PLUGIN_NOT_AVAILABLE, "the node's OVS database does not answer");
        }
        if (!known.ovs().hasBridge(HostRows.BRIDGE)) {
            return no(CniErrorCode.LIMITED_CONNECTIVITY, "OVS has no bridge " + HostRows.BRIDGE);
        }
        if (!kube.hasSynced()) {
            return no(
                    CniErrorCode.PLUGIN_NOT_AVAILABLE,
                    "the API server has not told of this node's pods yet");
        }
        if (known.host().state() instanceof HostState.Waiting(var what)) {
            return no(CniErrorCode.PLUGIN_NOT_AVAILABLE, HostRows.LINK + " is not ready: " + what);
        }
        boolean installed =
                known.ovs().find(HostRows.LINK).filter(NodeOvs::isInstalled).isPresent();
        return installed
                ? Optional.empty()
                : no(
                        CniErrorCode.PLUGIN_NOT_AVAILABLE,
                        "ovn-controller has not installed the flows of " + HostRows.LINK);
    }

    KubeWatch kube() {
        return kube;
    }

    private static Optional<CniException> no(CniErrorCode code, String details) {
        return Optional.of(new CniException(code, "node is not ready for pods", details));
    }
}
