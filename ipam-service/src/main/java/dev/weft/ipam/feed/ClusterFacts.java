package dev.weft.ipam.feed;

import dev.weft.ipam.lease.Facts;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.kube.AttachmentView;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.StatefulSetView;
import dev.weft.kube.VmView;
import dev.weft.kube.v1.Vip;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claims' view of the feeds, with indexes where a name alone does not find what is asked for. */
public final class ClusterFacts implements Facts {

    private final Views views;
    private final Settings settings;
    private final Holders holders;
    private final Reservations reservations;
    private final VipUsers vipUsers;

    /**
     * What the operator decided.
     *
     * @param securedByDefault see {@link Facts#securedByDefault}
     * @param keepsMachineAddresses see {@link Facts#keepsMachineAddresses}
     */
    public record Settings(boolean securedByDefault, boolean keepsMachineAddresses) {}

    public ClusterFacts(Views views, Settings settings) {
        this.views = views;
        this.settings = settings;
        this.holders = new Holders(views.pods(), settings.keepsMachineAddresses());
        this.reservations = new Reservations(views.ips());
        this.vipUsers = new VipUsers(views.pods());
    }

    /** Who holds the addresses of a pod. */
    public OwnerKey holder(PodView pod) {
        return holders.of(pod);
    }

    /** The Vip whose address a pod has as its own. */
    public Optional<OwnerKey> vipOf(@Nullable PodView pod) {
        return Optional.ofNullable(VipUsers.vipOf(pod)).map(OwnerKey::vip);
    }

    @Override
    public List<PodView> pods(OwnerKey owner) {
        return holders.pods(owner);
    }

    @Override
    public Optional<NodeView> node(String name) {
        return views.nodes().get(name);
    }

    @Override
    public Optional<StatefulSetView> statefulSet(String namespace, String name) {
        return views.statefulSets().get(namespace + "/" + name);
    }

    @Override
    public Optional<VmView> machine(String namespace, String name) {
        return views.machines().get(namespace + "/" + name);
    }

    @Override
    public Optional<VmView> machineInstance(String namespace, String name) {
        return views.machineInstances().get(namespace + "/" + name);
    }

    @Override
    public Optional<AttachmentView> attachment(String namespace, String name) {
        return views.attachments().get(namespace + "/" + name);
    }

    @Override
    public Map<String, Reserved> reserved(OwnerKey owner) {
        return reservations.of(owner);
    }

    @Override
    public Optional<VipFacts> vip(String name) {
        return views.vips().get(name).map(vip -> facts(vip, vipUsers.of(name)));
    }

    private static VipFacts facts(Vip vip, int users) {
        var meta = vip.getMetadata();
        var spec = vip.getSpec();
        var status = vip.getStatus();
        DualStack<IpAddress> wanted = null;
        DualStack<IpAddress> assigned = null;
        MacAddress mac = null;
        MacAddress assignedMac = null;
        String problem = null;
        try {
            wanted = addresses(spec.v4ip(), spec.v6ip());
            mac = mac(spec.macAddress());
            if (status != null) {
                assigned = addresses(status.v4ip(), status.v6ip());
                assignedMac = mac(status.mac());
            }
        } catch (IllegalArgumentException e) {
            problem = "Vip %s: %s; correct its spec".formatted(meta.getName(), e.getMessage());
        }
        return new VipFacts(
                meta.getName(),
                Objects.requireNonNullElse(meta.getUid(), meta.getName()),
                spec.subnet(),
                wanted,
                mac,
                assigned,
                assignedMac,
                users,
                meta.getDeletionTimestamp() != null,
                problem);
    }

    private static @Nullable DualStack<IpAddress> addresses(
            @Nullable String v4, @Nullable String v6) {
        var all = new ArrayList<IpAddress>();
        for (var text : new String[] {v4, v6}) {
            if (text != null && !text.isBlank()) {
                all.add(IpAddress.parse(text));
            }
        }
        return all.isEmpty() ? null : DualStack.of(all, IpAddress::family);
    }

    private static @Nullable MacAddress mac(@Nullable String text) {
        return text == null || text.isBlank() ? null : MacAddress.parse(text);
    }

    @Override
    public boolean securedByDefault() {
        return settings.securedByDefault();
    }

    @Override
    public boolean keepsMachineAddresses() {
        return settings.keepsMachineAddresses();
    }
}
