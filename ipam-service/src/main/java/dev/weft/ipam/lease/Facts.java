package dev.weft.ipam.lease;

import dev.weft.kube.AttachmentView;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.StatefulSetView;
import dev.weft.kube.VmView;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What claims are read from: the objects as the feeds tell of them. Each question is one look. */
public interface Facts {

    /**
     * The pods that hold addresses under that name: one of the name itself, or all launcher pods of
     * a virtual machine of the name.
     */
    List<PodView> pods(OwnerKey owner);

    Optional<NodeView> node(String name);

    Optional<StatefulSetView> statefulSet(String namespace, String name);

    /** A virtual machine, running or not. */
    Optional<VmView> machine(String namespace, String name);

    /** A virtual machine that runs. */
    Optional<VmView> machineInstance(String namespace, String name);

    Optional<AttachmentView> attachment(String namespace, String name);

    /** What users have reserved for that owner's ports, by provider. */
    Map<String, Reserved> reserved(OwnerKey owner);

    Optional<VipFacts> vip(String name);

    /** Whether a pod that does not say is bound to its own addresses. */
    boolean securedByDefault();

    /** Whether the pods of a virtual machine hold its addresses, rather than each its own. */
    boolean keepsMachineAddresses();

    /**
     * An {@code IP} object that a user made for a port to come.
     *
     * @param subnet null for the one that the pod would get
     * @param problem why it cannot be understood, null when it can
     */
    record Reserved(
            OwnerKey owner,
            String provider,
            String name,
            String uid,
            @Nullable String subnet,
            @Nullable DualStack<IpAddress> addresses,
            @Nullable MacAddress mac,
            @Nullable String problem) {

        Keeper keeper() {
            return new Keeper(Keeper.Kind.RESERVATION, name, uid);
        }
    }

    /**
     * A Vip.
     *
     * @param wanted addresses asked for, null for any
     * @param assigned what its status says it has, null while it has nothing
     * @param assignedMac the MAC that goes with it
     * @param users how many live pods have its address as their own
     * @param problem why it cannot be understood, null when it can
     */
    record VipFacts(
            String name,
            String uid,
            @Nullable String subnet,
            @Nullable DualStack<IpAddress> wanted,
            @Nullable MacAddress mac,
            @Nullable DualStack<IpAddress> assigned,
            @Nullable MacAddress assignedMac,
            int users,
            boolean deleting,
            @Nullable String problem) {}
}
